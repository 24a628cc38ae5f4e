/** A sequence of the workspace that may have a label. */
export interface Candidate {
  /** The absolute path of its file. */
  readonly path: string;
  /** The path from its workspace folder, with forward slashes. */
  readonly file: string;
  /** Its number in the file, from 0. */
  readonly number: number;
  /** How many sequences the file holds. */
  readonly siblings: number;
  readonly layout: string;
  /** What tells contents apart: two sequences with one digest are copies of one another. */
  readonly digest: string;
  /** The label that the file itself gives. */
  readonly ownLabel: string | null;
}

/** A candidate with the label that a source gives it. */
export interface Labelled {
  readonly candidate: Candidate;
  readonly label: string;
  /** Sequences of one group never stand on both sides of a split; `null` for one that belongs to none. */
  readonly group: string | null;
  /** Labels mean the same within one space only: two archives may each have a label “1”. */
  readonly space: string;
}
