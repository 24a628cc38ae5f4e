import { commonRates, comparedRate } from '../recordings/commonRates';
import { keyOf, parse, type FileRecord, type TrackRecord } from './store/records';
import { fromScaleRecord, toScaleRecord, type LayoutForm } from './store/layoutForm';
import type { Store } from './store/store';
import type { Catalogue, CatalogueFile, CatalogueSequence } from './catalogue';
import type { Contents } from './contents';
import type { EmbedRequest, FileWorker, Priority, WorkOptionsOf } from './fileWorker';
import { steadily } from './glance';
import { memoized } from './memoized';
import type { Track } from '../encoder/tracks';
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

export interface EmbedderOptions {
  readonly workOf: WorkOptionsOf;
  /** Whether sequences of a layout are brought to common rates. */
  readonly commonRates: boolean;
  readonly encoderHash: string;
  /** Stands for what decides, beside the encoder, what tracks are. */
  readonly trackIdentity: string;
  /** The form of a layout that is fixed elsewhere, as in a team's index, whatever the sequences here are. */
  readonly givenForm?: (layout: string) => LayoutForm | undefined;
}

/**
 * Gives sequences their embeddings, from the store where it has them.
 *
 * The form of a layout, its scale and the rates to which its sequences are brought, is frozen when it is first needed and
 * is part of an embedding's key, so that files coming and going change no embedding. It is frozen again when the layout's
 * own statistics have moved away from it.
 */
export class Embedder {
  /** The form in which each layout was embedded last: another process may have frozen another one since. */
  private readonly used = new Map<string, string>();
  readonly statistics: EmbedderStatistics = { filesEncoded: 0, filesFromCache: 0, stepsEncoded: 0 };
  private readonly optionsOf: WorkOptionsOf;
  private readonly bringsToCommonRates: boolean;
  private readonly encoderHash: string;
  private readonly trackIdentity: string;
  private readonly encoderKey: string;
  private readonly bases = new Map<string, string>();
  private readonly givenForm: (layout: string) => LayoutForm | undefined;

  constructor(
    private readonly store: Store,
    private readonly worker: FileWorker,
    private readonly contents: Contents,
    private readonly catalogue: Catalogue,
    { workOf, commonRates: brings, encoderHash, trackIdentity, givenForm = () => undefined }: EmbedderOptions,
  ) {
    this.givenForm = givenForm;
    this.optionsOf = workOf;
    this.bringsToCommonRates = brings;
    this.encoderHash = encoderHash;
    this.trackIdentity = trackIdentity;
    this.encoderKey = keyOf(encoderHash);
  }

  /** The layouts of a file that have no form yet. */
  unscaled(file: CatalogueFile): readonly string[] {
    return file.sequences
      .filter(({ layout, surveyed }) => this.frozen(layout, surveyed.channels.length) === undefined)
      .map(({ layout }) => layout);
  }

  /** Freezes the form of a layout from the sequences of it that are known. */
  freeze(layout: string): void {
    const members = this.catalogue.ofLayout(layout);
    if (members.length > 0) this.keep(layout, this.formOf(members));
  }

  /** Freezes layouts again whose sequences have moved away from their form. @returns the files that are to be embedded anew */
  drifted(layouts: ReadonlySet<string>): readonly string[] {
    const drifted = [...layouts].filter((layout) => this.refreeze(layout));
    return [...new Set(drifted.flatMap((layout) => this.catalogue.ofLayout(layout).map(({ path }) => path)))];
  }

  /** @returns whether the layout has another form now */
  private refreeze(layout: string): boolean {
    const members = this.catalogue.ofLayout(layout);
    const [first] = members;
    if (first === undefined || this.givenForm(layout) !== undefined) return false;
    const used = this.frozen(layout, first.surveyed.channels.length);
    const current = this.formOf(members, used?.rates);
    const isSame = used?.rates.length === current.rates.length && !hasDrifted(used.scales, current.scales);
    if (!isSame) this.keep(layout, current);
    const form = JSON.stringify(this.frozen(layout, first.surveyed.channels.length));
    const isOther = this.used.has(layout) && this.used.get(layout) !== form;
    this.used.set(layout, form);
    return !isSame || isOther;
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
      if (embedding.track !== undefined) this.putTrack(key, embedding.track);
      return { sequence, values: embedding.values, covered: embedding.covered, rate };
    });
  }

  /** What the store has of the track of a sequence. */
  storedTrack(sequence: CatalogueSequence): Track | undefined {
    const key = this.keyOf(sequence);
    const record = key === null ? undefined : parse.track(this.store.get('tracks', key));
    return record?.form === this.trackIdentity ? record : undefined;
  }

  /** Keeps the track of a sequence, unless it is of no file that is known. */
  keepTrack(sequence: CatalogueSequence, track: Track): void {
    const key = this.keyOf(sequence);
    if (key !== null) this.putTrack(key, track);
  }

  private putTrack(key: string, track: Track): void {
    this.store.put('tracks', key, { form: this.trackIdentity, ...track } satisfies TrackRecord);
  }

  private keyOf(sequence: CatalogueSequence): string | null {
    const record = this.catalogue.get(sequence.path)?.record ?? null;
    if (record === null) return null;
    const request = { number: sequence.number, ...this.formFor(sequence) };
    return this.embeddingKey(sequence.path, this.contents.contentKey(record), request, this.encoderHash);
  }

  /** Every sequence of a file with its embedding, or `null` where the store has not all of them. */
  stored(file: CatalogueFile): readonly Embedded[] | null {
    const { record } = file;
    if (record === null || this.unscaled(file).length > 0) return null;
    const embedded: Embedded[] = [];
    for (const { sequence, request, key } of this.wantedOf(file, record)) {
      const found = parse.embedding(this.store.get('embeddings', key));
      if (found === undefined) return null;
      embedded.push({ sequence, ...found, rate: request.rate });
    }
    return embedded;
  }

  /** How a sequence is embedded: the scale of every channel, and the rate to which it is brought, or `null`. */
  formFor({ layout, surveyed }: CatalogueSequence): Omit<EmbedRequest, 'number'> {
    const { scales, rates } = this.frozen(layout, surveyed.channels.length) ?? {
      scales: layoutScale([surveyed]),
      rates: [],
    };
    return { scales, rate: this.bringsToCommonRates ? comparedRate(surveyed.rate, rates) : null };
  }

  /**
   * Stands for all that decides, beside a file's content, what its embeddings are now.
   * @param forms of layouts as text, to be looked up once for many files
   */
  basisOf(file: CatalogueFile, forms = new Map<string, string>()): string {
    const { read, maximumSteps } = this.optionsOf(file.path);
    const layouts = new Map(file.sequences.map(({ layout, surveyed }) => [layout, surveyed.channels.length]));
    const formTexts = Array.from(layouts, ([layout, channels]) =>
      memoized(forms, layout, () => JSON.stringify(this.frozen(layout, channels) ?? null)),
    );
    const text = JSON.stringify([this.encoderKey, this.bringsToCommonRates, read, maximumSteps, ...formTexts]);
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
    return file.sequences.map((sequence) => {
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
    const given = this.givenForm(layout);
    if (given?.scales.length === channels) return given;
    const record = parse.scale(this.store.get('scales', this.formKey(layout)));
    return record && fromScaleRecord(record, channels);
  }

  private keep(layout: string, form: LayoutForm): void {
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
