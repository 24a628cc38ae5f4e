import { sequencesOf, type CatalogueFile, type CatalogueSequence } from './catalogue';
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
export const glancesAtOnce = 512;

/**
 * Fills the sink, and knows of which files it holds what they are: those whose embeddings were made of the content that
 * they have, in the way that holds now. A start or a scan need not go through the store for them.
 */
export class Held {
  /** Of the embeddings of each file, in the order of its sequences. */
  private readonly keys = new Map<string, readonly string[]>();
  private changed = 0;

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

  put(path: string, embedded: readonly Embedded[]): void {
    this.remove(path);
    for (const item of embedded) this.sink.put(item);
    this.keys.set(
      path,
      embedded.map(({ key }) => key),
    );
  }

  remove(path: string): void {
    this.changed++;
    this.doubt(path);
    this.sink.remove(path);
  }

  /** What the sink holds of a file may be wrong: it is to be looked up again. */
  doubt(path: string): void {
    this.keys.delete(path);
  }

  clear(): void {
    this.changed++;
    this.keys.clear();
    this.sink.clear();
  }

  /** Those of at most `glancesAtOnce` files that have changed, or are not embedded as they would be now. */
  async outdated(paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const known = paths.flatMap((path) => (this.keys.has(path) ? (this.counted.get(path) ?? []) : []));
    const companies = known.map(companyOf);
    const glances = known.length === 0 ? [] : await this.worker.glances(companies.flat(), signal);
    const standing = new Set<string>();
    let at = 0;
    for (const [i, file] of known.entries()) {
      const seen = glances.slice(at, (at += companies[i]?.length ?? 0));
      if (!isSame(file, seen) || !this.isEmbeddedAsNow(file)) continue;
      if (file.seen.length === 0) this.embedder.statistics.filesFromCache++;
      this.counted.confirm(file.path, seen);
      standing.add(file.path);
    }
    return paths.filter((path) => !standing.has(path));
  }

  /** Takes over what another session had embedded. Until somebody looks at a file, that may be of another content. */
  restore(files: readonly RememberedFile[]): void {
    for (const { path, record, survey, embedded } of files) {
      const file: CatalogueFile = { path, record, seen: [], survey };
      const items = sequencesOf(file).flatMap((sequence, i) => {
        const item = embedded[i];
        return item === undefined ? [] : [{ ...item, sequence }];
      });
      if (items.length < embedded.length) continue;
      this.counted.put(file);
      this.put(path, items);
    }
  }

  /** What another session can take over. */
  *remembered(): Generator<RememberedFile, void> {
    for (const [path, keys] of this.keys) {
      const file = this.counted.get(path);
      if (file === undefined || file.record === null) continue;
      const embedded = sequencesOf(file).flatMap((sequence, i) => {
        const item = this.sink.embeddingOf(sequence);
        const key = keys[i];
        return item === undefined || key === undefined ? [] : [{ ...item, key }];
      });
      if (embedded.length === keys.length) yield { path, record: file.record, survey: file.survey, embedded };
    }
  }

  private isEmbeddedAsNow(file: CatalogueFile): boolean {
    const keys = this.keys.get(file.path);
    const wanted = this.embedder.keysOf(file);
    return keys?.length === wanted.length && wanted.every((key, i) => key === keys[i]);
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
