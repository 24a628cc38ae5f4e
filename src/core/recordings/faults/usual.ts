/** What is wrong with a recording beside those that are like it. */
export interface FoundFault {
  readonly kind: 'flat' | 'clipped' | 'spikes' | 'unit' | 'swapped' | 'dropped' | 'hum' | 'level' | 'noise';
  readonly channel: number;
  /** The channel that it is swapped with. */
  readonly other: number | null;
  /**
   * A share of the steps (flat, clipped, dropped), how many (spikes), a factor (unit, noise), Hz (hum), or spreads of its
   * nearest (level, below 0 for lower).
   */
  readonly amount: number | null;
  /** From 1, how far it is beyond what is told at all. */
  readonly severity: number;
}

/** What recordings with the same channels usually have. */
export interface UsualVitals {
  readonly recordings: number;
  readonly channels: readonly UsualChannel[];
}

/** The most that others have of each, but for those that may be wrong themselves; and their levels and sizes. */
export interface UsualChannel {
  readonly most: Readonly<Record<'flat' | 'limited' | 'held' | 'spikes' | 'noise', number>>;
  readonly mostHum: readonly number[];
  readonly noise: number;
  readonly spread: number;
  /** By which factor a spread is usually away from that, and by which it is at most. */
  readonly spreadFactor: number;
  readonly farthestSpread: number;
  /** The levels between which most are, the one in the middle, and how far they are usually apart. */
  readonly levels: readonly [low: number, middle: number, high: number];
  readonly levelRange: number;
  readonly swap: UsualMeasures;
}

/** What a channel is among others, and how far apart they usually are in each measure. */
export interface UsualMeasures {
  readonly spread: number;
  readonly measures: readonly { readonly median: number; readonly apart: number }[];
}
