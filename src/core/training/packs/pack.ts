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
