import { GlobError, globMatcher } from '../recordings/folder/glob';
import { LabelsFileError, type LabelEntry } from './labelsFile';

/** What a labels file says of one sequence. */
export interface TableLabel {
  readonly label: string;
  readonly group: string | null;
  /** Whether the line names this very sequence, and not its whole file. */
  readonly ofSequence: boolean;
  /** The lines that name the same sequence with as much right but give another label. */
  readonly conflicts: readonly LabelEntry[];
}

interface Glob {
  readonly entry: LabelEntry;
  readonly matches: (path: string) => boolean;
}

/**
 * Looks up the labels of a workspace folder. A line with the number of a sequence counts more than one for the whole file,
 * and a path more than a glob; of two lines that count alike the later one holds.
 */
export class LabelTable {
  /** By path and number: a file may hold thousands of sequences, each with a line of its own. */
  private readonly exact = new Map<string, Map<number | null, LabelEntry[]>>();
  private readonly globs: readonly Glob[];

  /** @throws LabelsFileError for a glob that cannot be used */
  constructor(entries: readonly LabelEntry[]) {
    for (const entry of entries) {
      const lines = this.exact.get(entry.path) ?? new Map<number | null, LabelEntry[]>();
      this.exact.set(entry.path, lines.set(entry.number, [...(lines.get(entry.number) ?? []), entry]));
    }
    this.globs = entries
      .filter(({ path }) => /[*?[{]/.test(path))
      .map((entry) => ({ entry, matches: matcherOf(entry) }));
  }

  get size(): number {
    return this.exact.size;
  }

  /** The paths that lines without wildcards name. */
  paths(): readonly string[] {
    const globs = new Set(this.globs.map(({ entry }) => entry.path));
    return [...this.exact.keys()].filter((path) => !globs.has(path));
  }

  /** @param path relative to the folder, with forward slashes */
  find(path: string, number: number): TableLabel | null {
    const lines = this.exact.get(path);
    const named = [...(lines?.get(null) ?? []), ...(lines?.get(number) ?? [])];
    const matching = () =>
      this.globs
        .filter(({ entry, matches }) => (entry.number === null || entry.number === number) && matches(path))
        .map(({ entry }) => entry);
    return strongest(named) ?? strongest(matching());
  }
}

function matcherOf({ path, row }: LabelEntry): (path: string) => boolean {
  try {
    return globMatcher(path);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    throw new LabelsFileError(`the glob in its line ${row} cannot be used, because ${error.message}`, { cause: error });
  }
}

function strongest(entries: readonly LabelEntry[]): TableLabel | null {
  const ofSequence = entries.filter(({ number }) => number !== null);
  const equal = ofSequence.length > 0 ? ofSequence : entries;
  const winner = equal.at(-1);
  if (winner === undefined) return null;
  const { label, group } = winner;
  const conflicts = equal.filter((entry) => entry.label !== label);
  return { label, group, ofSequence: winner.number !== null, conflicts };
}
