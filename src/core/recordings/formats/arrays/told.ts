/** What a file says of an array beside it. */
export interface Told {
  /** Hz. */
  readonly rate: number | null;
  readonly unit: string | null;
  readonly label: string | null;
  /** Names of the channels. */
  readonly channels: readonly string[] | null;
  readonly packing: Packing | null;
}

/** How stored numbers become values: `stored * factor + offset`, and nothing where a number stands for a missing one. */
export interface Packing {
  readonly factor: number;
  readonly offset: number;
  readonly missing: number | null;
}
