import { commonRates, comparedRate } from '../recordings/commonRates';
import { keyOf, parse, type FileRecord } from './store/records';
import { fromScaleRecord, toScaleRecord, type LayoutForm } from './store/layoutForm';
import type { Store } from './store/store';
import { sequencesOf, type Catalogue, type CatalogueFile, type CatalogueSequence } from './catalogue';
import type { Contents } from './contents';
import type { EmbedRequest, FileWorker, Priority, WorkOptionsOf } from './fileWorker';
import { steadily } from './glance';
import { hasDrifted, layoutScale } from '../encoder/scales';

/** A sequence with its feature distributions. */
export interface Embedded {
  readonly sequence: CatalogueSequence;
  readonly values: Uint8Array<ArrayBuffer>;
  readonly covered: number;
  /** The rate to which it was brought before, in Hz, or `null`. */
  readonly rate: number | null;
}

export interface EmbedderStatistics {
  filesEncoded: number;
  filesFromCache: number;
  stepsEncoded: number;
}

/**
 * Gives sequences their embeddings, from the store where it has them.
 *
 * The form of a layout, its scale and the rates to which its sequences are brought, is frozen when it is first needed and
 * is part of an embedding's key, so that files coming and going change no embedding. It is frozen again when the layout's
 * own statistics have moved away from it.
 */
export class Embedder {
  readonly statistics: EmbedderStatistics = { filesEncoded: 0, filesFromCache: 0, stepsEncoded: 0 };
  private readonly encoderKey: string;
  private readonly bases = new Map<string, string>();
  private readonly forms = new Map<string, LayoutForm>();
  private readonly formTexts = new Map<string, string>();

  constructor(
    private readonly store: Store,
    private readonly worker: FileWorker,
    private readonly contents: Contents,
    private readonly catalogue: Catalogue,
    private readonly optionsOf: WorkOptionsOf,
    private readonly bringsToCommonRates: boolean,
    private readonly encoderHash: string,
  ) {
    this.encoderKey = keyOf(encoderHash);
  }

  /** The layouts of a file that have no form yet. */
  unscaled(file: CatalogueFile): readonly string[] {
    return sequencesOf(file)
      .filter(({ layout, surveyed }) => this.frozen(layout, surveyed.channels.length) === undefined)
      .map(({ layout }) => layout);
  }

  /** Freezes the form of a layout from the sequences of it that are known. */
  freeze(layout: string): void {
    const members = this.catalogue.ofLayout(layout);
    if (members.length > 0) this.keep(layout, this.formOf(members));
  }

  /** Forgets the forms of layouts that the store has no longer. */
  forget(): void {
    this.forms.clear();
    this.formTexts.clear();
  }

  /** Freezes a layout again if its sequences have moved away from its form. @returns whether they had */
  refreeze(layout: string): boolean {
    const members = this.catalogue.ofLayout(layout);
    const [first] = members;
    if (first === undefined) return false;
    const used = this.frozen(layout, first.surveyed.channels.length);
    const current = this.formOf(members, used?.rates);
    const isSame = used?.rates.length === current.rates.length && !hasDrifted(used.scales, current.scales);
    if (!isSame) this.keep(layout, current);
    return !isSame;
  }

  /**
   * Every sequence of a file with its embedding. A layout without a form lends it from the file alone.
   * @throws FileChangedError for a file that is not as it was surveyed
   */
  async embed(file: CatalogueFile, priority: Priority, signal: AbortSignal): Promise<readonly Embedded[]> {
    const { record } = file;
    if (record === null) return [];
    const wanted = this.wantedOf(file, record);
    const found = wanted.map(({ key }) => parse.embedding(this.store.get('embeddings', key)));
    const missing = wanted.filter((_, i) => found[i] === undefined);
    const requests = missing.map(({ request }) => request);
    const made =
      requests.length === 0
        ? []
        : await steadily(file.seen, () =>
            this.worker.embed(file.path, requests, this.optionsOf(file.path), priority, signal),
          );
    const fresh = new Map(made.map((embedding) => [embedding.number, embedding]));
    this.count(missing.map(({ sequence }) => sequence));
    return wanted.map(({ sequence, request: { rate }, key }, i) => {
      const stored = found[i];
      if (stored !== undefined) return { sequence, values: stored.values, covered: stored.covered, rate };
      const embedding = fresh.get(sequence.number);
      if (embedding === undefined)
        throw new Error(`${file.path} lost its sequence ${sequence.number} while it was read`);
      this.store.put('embeddings', key, { values: embedding.values, covered: embedding.covered });
      return { sequence, values: embedding.values, covered: embedding.covered, rate };
    });
  }

  /** How a sequence is embedded: the scale of every channel, and the rate to which it is brought, or `null`. */
  formFor({ layout, surveyed }: CatalogueSequence): Omit<EmbedRequest, 'number'> {
    const { scales, rates } = this.frozen(layout, surveyed.channels.length) ?? {
      scales: layoutScale([surveyed]),
      rates: [],
    };
    return { scales, rate: this.bringsToCommonRates ? comparedRate(surveyed.rate, rates) : null };
  }

  /** Stands for all that decides, beside a file's content, what its embeddings are now. */
  basisOf(file: CatalogueFile): string {
    const { read, maximumSteps } = this.optionsOf(file.path);
    const layouts = new Map(sequencesOf(file).map(({ layout, surveyed }) => [layout, surveyed.channels.length]));
    const forms = Array.from(layouts, ([layout, channels]) => this.formText(layout, channels));
    const text = JSON.stringify([this.encoderKey, this.bringsToCommonRates, read, maximumSteps, ...forms]);
    return memoized(this.bases, text, () => keyOf(text));
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
      const request: EmbedRequest = { number: sequence.number, ...this.formFor(sequence) };
      return { sequence, request, key: this.embeddingKey(file.path, contentKey, request, encoderHash) };
    });
  }

  private count(encoded: readonly CatalogueSequence[]): void {
    if (encoded.length === 0) this.statistics.filesFromCache++;
    else this.statistics.filesEncoded++;
    for (const { surveyed } of encoded) this.statistics.stepsEncoded += surveyed.steps * surveyed.channels.length;
  }

  /** @param rates that stay, whatever the sequences are: else each file that comes could change all embeddings */
  private formOf(members: readonly CatalogueSequence[], rates: readonly number[] = []): LayoutForm {
    const surveyed = members.map((member) => member.surveyed);
    return {
      scales: layoutScale(surveyed),
      rates: commonRates(
        surveyed.map(({ rate }) => rate),
        rates,
      ),
    };
  }

  private frozen(layout: string, channels: number): LayoutForm | undefined {
    const known = this.forms.get(layout);
    if (known !== undefined) return known;
    const record = parse.scale(this.store.get('scales', this.formKey(layout)));
    const form = record && fromScaleRecord(record, channels);
    if (form !== undefined) this.forms.set(layout, form);
    return form;
  }

  private formText(layout: string, channels: number): string {
    return memoized(this.formTexts, layout, () => JSON.stringify(this.frozen(layout, channels) ?? null));
  }

  private keep(layout: string, form: LayoutForm): void {
    this.forms.set(layout, form);
    this.formTexts.delete(layout);
    this.store.put('scales', this.formKey(layout), toScaleRecord(form));
  }

  private formKey(layout: string): string {
    return keyOf('scale', layout);
  }

  private embeddingKey(
    path: string,
    contentKey: string,
    { number, scales, rate }: EmbedRequest,
    encoderHash: string,
  ): string {
    const scale = scales.flatMap(({ centre, spread }) => [centre, spread]);
    const brought = rate === null ? [] : [`${rate} Hz`];
    const form = JSON.stringify([...scale, ...brought]);
    return keyOf(contentKey, number, encoderHash, this.optionsOf(path).maximumSteps, form);
  }
}

function memoized(memory: Map<string, string>, key: string, make: () => string): string {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
