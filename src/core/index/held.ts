import { Alike } from './alike';
import { catalogueFile, type CatalogueFile, type CatalogueSequence } from './catalogue';
import type { Embedded, Embedder } from './embedder';
import type { FileWorker } from './fileWorker';
import { isAsRecorded, type Glance } from './glance';
import type { Progress } from './progress';
import type { RememberedFile } from './store/records';

/** Receives embeddings as they are ready; the same sequence may come again with other values. */
export interface EmbeddingSink {
  put(embedded: Embedded): void;
  remove(path: string): void;
  clear(): void;
  /** What it has of a sequence. */
  embeddingOf(sequence: CatalogueSequence): Pick<Embedded, 'values' | 'covered' | 'rate'> | undefined;
}

/** So many files are looked at by one request to a thread. */
const glancesAtOnce = 512;

/**
 * Fills the sink, and knows of which files it holds what they are: those whose embeddings were made of the content that
 * they have, in the way that holds now. A start or a scan need not go through the store for them.
 */
export class Held {
  /** What the embeddings of each file were made by: see `Embedder.basisOf`. */
  private readonly bases = new Map<string, string>();
  /** The hashes of the contents that the sink holds something of. */
  private readonly contents = new Map<string, string>();
  private changed = 0;
  private differed = 0;

  constructor(
    private readonly counted: Progress,
    private readonly sink: EmbeddingSink,
    private readonly worker: FileWorker,
    private readonly embedder: Embedder,
  ) {}

  /** How often a file was put or removed. */
  get changes(): number {
    return this.changed;
  }

  /** How often what the sink holds of a file became other than it was. */
  get differences(): number {
    return this.differed;
  }

  put(path: string, basis: string, embedded: readonly Embedded[]): void {
    const content = embedded.length > 0 ? this.counted.get(path)?.record?.hash : undefined;
    if (content !== this.contents.get(path) || (content !== undefined && basis !== this.bases.get(path)))
      this.differed++;
    this.discard(path);
    for (const item of embedded) this.sink.put(item);
    this.bases.set(path, basis);
    if (content !== undefined) this.contents.set(path, content);
  }

  remove(path: string): void {
    if (this.contents.has(path)) this.differed++;
    this.discard(path);
  }

  /** What the sink holds of a file may be wrong: it is to be looked up again. */
  doubt(path: string): void {
    this.bases.delete(path);
  }

  clear(): void {
    this.changed++;
    this.differed += this.contents.size;
    this.contents.clear();
    this.bases.clear();
    this.sink.clear();
  }

  /** Those of some files that have changed, or are not embedded as they would be now. */
  async outdated(paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const groups = Array.from({ length: Math.ceil(paths.length / glancesAtOnce) }, (_, i) =>
      paths.slice(i * glancesAtOnce, (i + 1) * glancesAtOnce),
    );
    return (await Promise.all(groups.map((group) => this.outdatedAmong(group, signal)))).flat();
  }

  private async outdatedAmong(paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const known = paths.flatMap((path) => (this.bases.has(path) ? (this.counted.get(path) ?? []) : []));
    const companies = known.map(companyOf);
    const glances = known.length === 0 ? [] : await this.worker.glances(companies.flat(), signal);
    const standing = new Set<string>();
    const forms = new Map<string, string>();
    let at = 0;
    for (const [i, file] of known.entries()) {
      const seen = glances.slice(at, (at += companies[i]?.length ?? 0));
      if (!isSame(file, seen) || this.bases.get(file.path) !== this.embedder.basisOf(file, forms)) continue;
      if (file.seen.length === 0) this.embedder.statistics.filesFromCache++;
      // The paths that come from the thread are copies.
      this.counted.confirm(
        file.path,
        seen.map(({ state }, k) => ({ path: companies[i]?.[k] ?? file.path, state })),
      );
      standing.add(file.path);
    }
    return paths.filter((path) => !standing.has(path));
  }

  /**
   * Takes over what another session had embedded. Until somebody looks at a file, that may be of another content.
   * @param parts whose bytes are copied before the next is asked for
   * @throws what the parts throw
   */
  async restore(parts: AsyncIterable<readonly RememberedFile[]>): Promise<void> {
    const alike = new Alike();
    const before = this.differed;
    for await (const files of parts) {
      const surveys = alike.surveys(files.map(({ survey }) => survey));
      for (const [i, file] of files.entries()) this.takeOver({ ...file, survey: surveys[i] ?? file.survey }, alike);
    }
    // What was known before is nothing new.
    this.differed = before;
  }

  private discard(path: string): void {
    this.changed++;
    this.doubt(path);
    this.contents.delete(path);
    this.sink.remove(path);
  }

  private takeOver({ path, record, survey, basis, embedded }: RememberedFile, alike: Alike): void {
    const file = catalogueFile({ path, record: { ...record, path }, seen: [], survey }, alike.layoutOf);
    if (embedded.length !== file.sequences.length) return;
    this.counted.put(file);
    this.put(
      path,
      alike.text(basis),
      file.sequences.flatMap((sequence, i) => {
        const item = embedded[i];
        return item === undefined ? [] : [{ ...item, sequence }];
      }),
    );
  }

  /** What another session can take over. */
  *remembered(): Generator<RememberedFile, void> {
    for (const [path, basis] of this.bases) {
      const file = this.counted.get(path);
      if (file === undefined || file.record === null) continue;
      const { sequences } = file;
      const embedded = sequences.flatMap((sequence) => this.sink.embeddingOf(sequence) ?? []);
      if (embedded.length < sequences.length) continue;
      yield { path, record: file.record, survey: file.survey, basis, embedded };
    }
  }
}

function companyOf({ path, record }: CatalogueFile): readonly string[] {
  return [path, ...(record?.companions.map((companion) => companion.path) ?? [])];
}

/** Whether the files of a recording are as they were, by all that is known of that. */
function isSame({ record, seen }: CatalogueFile, now: readonly Glance[]): boolean {
  if (record === null) return false;
  if (seen.length > 0) return now.every(({ state }, i) => state === seen[i]?.state);
  return [record, ...record.companions].every((file, i) => isAsRecorded(file, now[i]));
}
