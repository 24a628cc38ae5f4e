import { dirname, extname } from 'node:path';
import type { Catalogue, CatalogueFile, CatalogueSequence } from './catalogue';

/** A file that is worked on, before or after it was looked at. */
export type Job = string | CatalogueFile;

/** What somebody looks at: files that may be compared with it are worked on first. */
export class Preference {
  private wanted: Pick<CatalogueSequence, 'path' | 'layout'> | null = null;
  private times = 0;

  /** @param catalogue what is known of files that were not looked at yet */
  constructor(private readonly catalogue: Pick<Catalogue, 'get'>) {}

  prefer(wanted: Pick<CatalogueSequence, 'path' | 'layout'>): void {
    if (this.wanted?.path === wanted.path && this.wanted.layout === wanted.layout) return;
    this.wanted = wanted;
    this.times++;
  }

  /** The files, those of the folder that is wanted first, then those of its layout, then those of its kind. */
  *inTurn<T extends Job>(files: readonly T[]): Generator<T, void> {
    let rest = files;
    for (let at = 0, asOf = 0; at < rest.length; at++) {
      if (asOf !== this.times) [rest, at, asOf] = [this.ordered(rest.slice(at)), 0, this.times];
      const file = rest[at];
      if (file !== undefined) yield file;
    }
  }

  private ordered<T extends Job>(files: readonly T[]): readonly T[] {
    const turns: T[][] = [[], [], [], []];
    for (const file of files) turns[this.turnOf(file)]?.push(file);
    return turns.flat();
  }

  private turnOf(job: Job): number {
    const { wanted } = this;
    const path = pathOf(job);
    if (wanted === null) return 3;
    if (dirname(path) === dirname(wanted.path)) return 0;
    const file = typeof job === 'string' ? this.catalogue.get(job) : job;
    if (file === undefined) return extname(path) === extname(wanted.path) ? 2 : 3;
    return file.sequences.some(({ layout }) => layout === wanted.layout) ? 1 : 3;
  }
}

export function pathOf(job: Job): string {
  return typeof job === 'string' ? job : job.path;
}
