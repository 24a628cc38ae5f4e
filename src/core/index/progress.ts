import type { Catalogue, CatalogueFile } from './catalogue';
import type { Seen } from './glance';

/**
 * Changes the catalogue and counts, without going through all files, how many there are and how many of them are up
 * to date: those of the catalogue, and those that are expected and not in it yet.
 */
export class Progress {
  private readonly pending = new Set<string>();
  /** How many pending files are not in the catalogue. */
  private unknown = 0;

  constructor(private readonly catalogue: Catalogue) {}

  get done(): number {
    return this.total - this.pending.size;
  }

  get total(): number {
    return this.catalogue.size + this.unknown;
  }

  /** Files that are to be brought up to date. */
  expect(paths: Iterable<string>): void {
    for (const path of paths) {
      if (!this.pending.has(path) && this.catalogue.get(path) === undefined) this.unknown++;
      this.pending.add(path);
    }
  }

  get(path: string): CatalogueFile | undefined {
    return this.catalogue.get(path);
  }

  /** Notes how the files of a recording are now that were found to hold what they held. */
  confirm(path: string, seen: readonly Seen[]): void {
    this.catalogue.confirm(path, seen);
  }

  put(file: CatalogueFile): void {
    if (this.pending.has(file.path) && this.catalogue.get(file.path) === undefined) this.unknown--;
    this.catalogue.put(file);
  }

  remove(path: string): CatalogueFile | undefined {
    const file = this.catalogue.remove(path);
    if (file !== undefined && this.pending.has(path)) this.unknown++;
    return file;
  }

  /** A file is up to date: one that is not in the catalogue now counts no more. */
  finish(path: string): void {
    if (this.pending.delete(path) && this.catalogue.get(path) === undefined) this.unknown--;
  }

  clear(): void {
    this.pending.clear();
    this.unknown = 0;
    this.catalogue.clear();
  }
}
