/** Rows that fit no column of numbers; whether they end the table or part it is known only behind them. */
export interface OddRows {
  count: number;
  /** A row of theirs that may be a header. */
  names: readonly string[] | null;
  /** How many of them were counted as such. */
  overfull: number;
  short: number;
  /** Missing samples of a single column right above them. */
  blanks: number;
  /** The lanes whose cells were no values, to be taken back if the rows are dropped. */
  lanes: number[];
}

export function noOddRows(): OddRows {
  return { count: 0, names: null, overfull: 0, short: 0, blanks: 0, lanes: [] };
}
