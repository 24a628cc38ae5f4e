/** One labelled sequence of a pack. */
export interface PackSequence {
  /** C channels of T samples each, all finite; views that share memory with the other sequences of the pack. */
  readonly channels: readonly Float32Array[];
  /** The code of its label. */
  readonly label: number;
  /** Its code in every column, `label` among them. */
  readonly columns: Readonly<Record<string, number>>;
}

/** Labelled sequences that are compared with one another; their labels mean nothing outside of the pack. */
export interface Pack {
  readonly name: string;
  /** What the pack says that it holds recordings of; `ucr` for a set of the UCR archive. */
  readonly domain: string | null;
  readonly channels: number;
  /** At least two. */
  readonly sequences: readonly PackSequence[];
  /** What the codes of a column stand for. */
  readonly columnValues: Readonly<Record<string, readonly string[]>>;
  /** The column of which a query and the items of its gallery must not share the value, or `null`. */
  readonly excludeBy: string | null;
}

/** The number of time steps of a sequence. */
export function stepsOf({ channels }: Pick<PackSequence, 'channels'>): number {
  return channels[0]?.length ?? 0;
}

/**
 * The code of a sequence in a column of its pack.
 * @throws RangeError when the sequence has no such column
 */
export function codeIn({ columns }: Pick<PackSequence, 'columns'>, column: string): number {
  const code = columns[column];
  if (code === undefined) throw new RangeError(`a sequence lacks the column ${column}`);
  return code;
}

/** What the codes of labels stand for, in order, and the code of each label. */
export function labelCodes(labels: readonly string[]): {
  readonly values: readonly string[];
  readonly codeOf: (label: string) => number;
} {
  const values = [...new Set(labels)].sort();
  const codes = new Map(values.map((label, code) => [label, code]));
  const codeOf = (label: string) => {
    const code = codes.get(label);
    if (code === undefined) throw new RangeError(`the label ${label} has no code`);
    return code;
  };
  return { values, codeOf };
}

/** @throws RangeError when the pack has no sequence of this number */
export function sequenceOf({ name, sequences }: Pack, number: number): PackSequence {
  const sequence = sequences[number];
  if (sequence === undefined) throw new RangeError(`the pack ${name} has no sequence ${number}`);
  return sequence;
}

/** A pack, or a folder of recordings, that cannot be used; the message is written for the user. */
export class PackError extends Error {
  override readonly name = 'PackError';
}

/**
 * The labels of sequences that can be compared: two different ones at least, and two sequences that share one.
 *
 * @param labels the code of each sequence
 * @throws PackError otherwise
 */
export function checkLabels(name: string, labels: readonly number[]): void {
  const distinct = new Set(labels).size;
  if (labels.length === 0) throw new PackError(`${name} cannot be used: it holds no sequences.`);
  if (distinct === 1) throw new PackError(`${name} cannot be used: all its sequences have the same label.`);
  if (distinct === labels.length) {
    throw new PackError(`${name} cannot be used: every label has a single sequence, so that no two belong together.`);
  }
}
