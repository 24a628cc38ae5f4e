/** What the process that reads cases is told, and what it answers. */

export interface FuzzOrder {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly folders: readonly string[];
  /** A folder of its own; the file `now` in it has the number of the case that is being read. */
  readonly scratch: string;
}

export interface Finding {
  readonly number: number;
  readonly name: string;
  readonly fault: string;
}

export interface FuzzAnswer {
  readonly findings: readonly Finding[];
  readonly refused: number;
  readonly slowest: number;
}

/** In the scratch folder. */
export const nowFile = 'now';
