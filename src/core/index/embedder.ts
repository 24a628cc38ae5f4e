import type { ChannelScale } from '../encoder/inputs';
import { toBytes, toFloats } from '../distributions/bytes';
import { keyOf, parse, type FileRecord } from './store/records';
import { fromScaleRecord, toScaleRecord } from './store/scaleRecord';
import type { Store } from './store/store';
import { sequencesOf, type Catalogue, type CatalogueFile, type CatalogueSequence } from './catalogue';
import type { Contents } from './contents';
import type { EmbedRequest, FileWorker, Priority, WorkOptions } from './fileWorker';
import { hasDrifted, layoutScale } from '../encoder/scales';

/** A sequence with its feature distributions. */
export interface Embedded {
  readonly sequence: CatalogueSequence;
  readonly values: Float32Array;
  readonly covered: number;
}

export interface EmbedderStatistics {
  filesEncoded: number;
  filesFromCache: number;
  stepsEncoded: number;
}

/**
 * Gives sequences their embeddings, from the store where it has them.
 *
 * The scale of a layout is frozen when it is first needed and is part of an embedding's key, so that files coming and
 * going change no embedding; only when the layout's own statistics have moved away from it is it frozen anew.
 */
export class Embedder {
  readonly statistics: EmbedderStatistics = { filesEncoded: 0, filesFromCache: 0, stepsEncoded: 0 };

  constructor(
    private readonly store: Store,
    private readonly worker: FileWorker,
    private readonly contents: Contents,
    private readonly catalogue: Catalogue,
    private readonly options: WorkOptions,
    private readonly encoderHash: string,
  ) {}

  /** The layouts of a file that have no scale yet. */
  unscaled(file: CatalogueFile): readonly string[] {
    return sequencesOf(file)
      .filter(({ layout, surveyed }) => this.scaleOf(layout, surveyed.channels.length) === undefined)
      .map(({ layout }) => layout);
  }

  /** Freezes the scale of a layout from the sequences of it that are known. */
  freeze(layout: string): void {
    const members = this.catalogue.ofLayout(layout).map(({ surveyed }) => surveyed);
    if (members.length > 0) this.store.put('scales', this.scaleKey(layout), toScaleRecord(layoutScale(members)));
  }

  /** Freezes a layout anew if its sequences have moved away from its scale. @returns whether they had */
  refreeze(layout: string): boolean {
    const members = this.catalogue.ofLayout(layout).map(({ surveyed }) => surveyed);
    const [first] = members;
    if (first === undefined) return false;
    const used = this.scaleOf(layout, first.channels.length);
    const current = layoutScale(members);
    if (used !== undefined && !hasDrifted(used, current)) return false;
    this.store.put('scales', this.scaleKey(layout), toScaleRecord(current));
    return true;
  }

  /** Every sequence of a file with its embedding. A layout without a scale lends it from the file alone. */
  async embed(file: CatalogueFile, priority: Priority, signal: AbortSignal): Promise<readonly Embedded[]> {
    const { record } = file;
    if (record === null) return [];
    const wanted = this.wantedOf(file, record);
    const found = wanted.map(({ key }) => parse.embedding(this.store.get('embeddings', key)));
    const missing = wanted.filter((_, i) => found[i] === undefined);
    const requests = missing.map(({ sequence, scales }): EmbedRequest => ({ number: sequence.number, scales }));
    const made =
      requests.length === 0 ? [] : await this.worker.embed(file.path, requests, this.options, priority, signal);
    const fresh = new Map(made.map((embedding) => [embedding.number, embedding]));
    this.count(missing.map(({ sequence }) => sequence));
    return wanted.map(({ sequence, key }, i) => {
      const stored = found[i];
      if (stored !== undefined) return { sequence, values: toFloats(stored.values), covered: stored.covered };
      const embedding = fresh.get(sequence.number);
      if (embedding === undefined)
        throw new Error(`${file.path} lost its sequence ${sequence.number} while it was read`);
      this.store.put('embeddings', key, { values: toBytes(embedding.values), covered: embedding.covered });
      return { sequence, values: embedding.values, covered: embedding.covered };
    });
  }

  /** The scale of every channel that a sequence is embedded with. */
  scalesOf({ layout, surveyed }: CatalogueSequence): readonly ChannelScale[] {
    return this.scaleOf(layout, surveyed.channels.length) ?? layoutScale([surveyed]);
  }

  /** The keys of a file's embeddings in the store, by each of these encoders. */
  keysOf(file: CatalogueFile, encoderHashes: readonly string[]): readonly string[] {
    const { record } = file;
    if (record === null) return [];
    return encoderHashes.flatMap((hash) => this.wantedOf(file, record, hash).map(({ key }) => key));
  }

  private wantedOf(file: CatalogueFile, record: FileRecord, encoderHash = this.encoderHash) {
    const contentKey = this.contents.contentKey(record);
    return sequencesOf(file).map((sequence) => {
      const scales = this.scalesOf(sequence);
      return { sequence, scales, key: this.embeddingKey(contentKey, sequence.number, scales, encoderHash) };
    });
  }

  private count(encoded: readonly CatalogueSequence[]): void {
    if (encoded.length === 0) this.statistics.filesFromCache++;
    else this.statistics.filesEncoded++;
    for (const { surveyed } of encoded) this.statistics.stepsEncoded += surveyed.steps * surveyed.channels.length;
  }

  private scaleOf(layout: string, channels: number): readonly ChannelScale[] | undefined {
    const record = parse.scale(this.store.get('scales', this.scaleKey(layout)));
    return record && fromScaleRecord(record, channels);
  }

  private scaleKey(layout: string): string {
    return keyOf('scale', layout);
  }

  private embeddingKey(
    contentKey: string,
    number: number,
    scales: readonly ChannelScale[],
    encoderHash: string,
  ): string {
    const scale = scales.flatMap(({ centre, spread }) => [centre, spread]);
    return keyOf(contentKey, number, encoderHash, this.options.maximumSteps, ...scale);
  }
}
