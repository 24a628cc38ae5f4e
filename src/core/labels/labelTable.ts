import { isDeepStrictEqual } from 'node:util';
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

/** The lines that name one path and number, and what comes of them, once it was asked for. */
interface Lines {
  readonly entries: LabelEntry[];
  found?: TableLabel | null;
}

/** Each of them is asked about each path that no line names. */
const mostGlobs = 10_000;

/**
 * Looks up the labels of a workspace folder. A line with the number of a sequence counts more than one for the whole file,
 * and a path more than a glob; of two lines that count alike the later one holds.
 */
export class LabelTable {
  /** By path and number: a file may hold thousands of sequences, each with a line of its own. */
  private readonly exact = new Map<string, Map<number | null, Lines>>();
  private readonly globs: readonly Glob[];
  /** The lines with globs that name a path: they are asked for once for each sequence of a file. */
  private readonly matching = new Map<string, readonly LabelEntry[]>();

  /** @throws LabelsFileError for a glob that cannot be used, and for too many */
  constructor(private readonly entries: readonly LabelEntry[]) {
    for (const entry of entries) this.add(entry);
    const globs = entries.filter(({ path }) => /[*?[{]/.test(path));
    if (globs.length > mostGlobs) throw new LabelsFileError(`it has more than ${mostGlobs} lines with globs`);
    this.globs = globs.map((entry) => ({ entry, matches: matcherOf(entry) }));
  }

  get size(): number {
    return this.exact.size;
  }

  /** Whether another table has the same lines. */
  equals(other: LabelTable): boolean {
    return isDeepStrictEqual(this.entries, other.entries);
  }

  /** The paths that lines without wildcards name. */
  paths(): readonly string[] {
    const globs = new Set(this.globs.map(({ entry }) => entry.path));
    return [...this.exact.keys()].filter((path) => !globs.has(path));
  }

  /** @param path relative to the folder, with forward slashes */
  find(path: string, number: number): TableLabel | null {
    const lines = this.exact.get(path);
    const named = lines?.get(number) ?? lines?.get(null);
    if (named !== undefined) return (named.found ??= strongest(named.entries));
    const matching = this.globsOf(path);
    const ofSequence = matching.filter((entry) => entry.number === number);
    return strongest(ofSequence.length > 0 ? ofSequence : matching.filter((entry) => entry.number === null));
  }

  private add(entry: LabelEntry): void {
    const lines = this.exact.get(entry.path) ?? new Map<number | null, Lines>();
    this.exact.set(entry.path, lines);
    const known = lines.get(entry.number);
    if (known === undefined) lines.set(entry.number, { entries: [entry] });
    else known.entries.push(entry);
  }

  private globsOf(path: string): readonly LabelEntry[] {
    const known = this.matching.get(path);
    if (known !== undefined) return known;
    const found = this.globs.filter(({ matches }) => matches(path)).map(({ entry }) => entry);
    this.matching.set(path, found);
    return found;
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

/** @param entries lines that count alike, in the order of the file */
function strongest(entries: readonly LabelEntry[]): TableLabel | null {
  const winner = entries.at(-1);
  if (winner === undefined) return null;
  const { label, group } = winner;
  const conflicts = entries.filter((entry) => entry.label !== label);
  return { label, group, ofSequence: winner.number !== null, conflicts };
}
