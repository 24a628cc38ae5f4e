import { layoutKey } from '../recordings/layout';
import type { Seen } from './glance';
import type { FileRecord, Survey, SurveyedSequence } from './store/records';

/** What is known of a file. */
interface KnownFile {
  readonly path: string;
  /** `null` for a file whose content could not even be hashed. */
  readonly record: FileRecord | null;
  /** How its files were when they held this; none without a record, or where only a snapshot tells of it. */
  readonly seen: readonly Seen[];
  readonly survey: Survey;
}

/** A file that has been looked at. */
export interface CatalogueFile extends KnownFile {
  /** Those that can be embedded. */
  readonly sequences: readonly CatalogueSequence[];
}

export interface CatalogueSequence {
  readonly path: string;
  readonly number: number;
  readonly format: string;
  /** How many sequences the file holds. */
  readonly siblings: number;
  readonly layout: string;
  readonly surveyed: SurveyedSequence;
}

/** @param layoutOf the key of the layout of some channels */
export function catalogueFile(file: KnownFile, layoutOf = layoutOfChannels): CatalogueFile {
  const { path, record, survey } = file;
  // Of what was seen no more is kept than is compared.
  const seen = file.seen.map(({ path: at, state }) => ({ path: at, state }));
  const surveyed = survey.kind === 'sequences' ? survey : { format: '', count: 0, sequences: [] };
  const { format, count: siblings } = surveyed;
  const sequences = surveyed.sequences.map((sequence): CatalogueSequence => {
    return { path, number: sequence.number, format, siblings, layout: layoutOf(sequence.channels), surveyed: sequence };
  });
  return { path, record, seen, survey, sequences };
}

/** The key of the layout of some channels. */
export function layoutOfChannels(channels: SurveyedSequence['channels']): string {
  return layoutKey(channels.map(({ name }) => name));
}

/** How many files cannot be used, and of files that hold several how many sequences. */
export interface Skipped {
  readonly files: number;
  readonly sequences: number;
}

/** All files of the workspace that have been looked at, and their sequences by layout. */
export class Catalogue {
  private readonly files = new Map<string, CatalogueFile>();
  private readonly layouts = new Map<string, Set<CatalogueSequence>>();
  private unusable: Skipped = { files: 0, sequences: 0 };
  private doubtful = 0;

  get(path: string): CatalogueFile | undefined {
    return this.files.get(path);
  }

  get size(): number {
    return this.files.size;
  }

  /** How many sequences of all files can be embedded. */
  get sequences(): number {
    let count = 0;
    for (const members of this.layouts.values()) count += members.size;
    return count;
  }

  all(): Iterable<CatalogueFile> {
    return this.files.values();
  }

  /** What cannot be used. */
  get skipped(): Skipped {
    return this.unusable;
  }

  /** How many files a reader was not sure of. */
  get unsure(): number {
    return this.doubtful;
  }

  put(file: CatalogueFile): void {
    this.remove(file.path);
    this.files.set(file.path, file);
    this.countSkipped(file, 1);
    if (doubtsOf(file).length > 0) this.doubtful++;
    for (const sequence of file.sequences) {
      const members = this.layouts.get(sequence.layout);
      if (members === undefined) this.layouts.set(sequence.layout, new Set([sequence]));
      else members.add(sequence);
    }
  }

  /** Notes how the files of a recording are now that were found to hold what they held. */
  confirm(path: string, seen: readonly Seen[]): void {
    const file = this.files.get(path);
    if (file !== undefined) this.files.set(path, { ...file, seen });
  }

  remove(path: string): CatalogueFile | undefined {
    const file = this.files.get(path);
    if (file === undefined) return undefined;
    this.files.delete(path);
    this.countSkipped(file, -1);
    if (doubtsOf(file).length > 0) this.doubtful--;
    for (const sequence of file.sequences) {
      const members = this.layouts.get(sequence.layout);
      members?.delete(sequence);
      if (members?.size === 0) this.layouts.delete(sequence.layout);
    }
    return file;
  }

  private countSkipped(file: CatalogueFile, sign: 1 | -1): void {
    const { files, sequences } = skippedIn(file);
    this.unusable = {
      files: this.unusable.files + sign * files,
      sequences: this.unusable.sequences + sign * sequences,
    };
  }

  /** The sequences of a layout in an order that does not depend on when they were found. */
  ofLayout(layout: string): readonly CatalogueSequence[] {
    const members = [...(this.layouts.get(layout) ?? [])];
    return members.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.number - b.number));
  }

  clear(): void {
    this.files.clear();
    this.layouts.clear();
    this.unusable = { files: 0, sequences: 0 };
    this.doubtful = 0;
  }
}

/** What the reader of a file was not sure of, each sentence once. */
export function doubtsOf({ survey }: CatalogueFile): readonly string[] {
  if (survey.kind !== 'sequences') return [];
  return [...new Set(survey.sequences.flatMap(({ doubts }) => doubts))];
}

/** A file with a single sequence cannot be used as a whole. */
function skippedIn({ survey }: CatalogueFile): Skipped {
  if (survey.kind === 'unreadable') return { files: 1, sequences: 0 };
  const count = survey.kind === 'sequences' ? survey.unusable.length : 0;
  return survey.kind === 'sequences' && survey.count > 1
    ? { files: 0, sequences: count }
    : { files: count, sequences: 0 };
}
