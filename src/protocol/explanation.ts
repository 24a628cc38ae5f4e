import type { Scope, SequenceRef } from './engine';

/** Time steps [start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Asks for a part of a sequence, reduced to one minimum and one maximum per pixel column. */
export interface SeriesParams {
  readonly ref: SequenceRef;
  /** The whole sequence without one. */
  readonly span: Span | null;
  readonly columns: number;
  /** The numbers of the channels, from 0; those that the sequence lacks are left out. */
  readonly channels: readonly number[];
}

export interface SeriesChannel {
  readonly index: number;
  readonly name: string | null;
  readonly unit: string | null;
  readonly minimum: readonly number[];
  readonly maximum: readonly number[];
}

export interface Series {
  readonly ref: SequenceRef;
  readonly steps: number;
  readonly rate: number | null;
  readonly span: Span;
  readonly channels: readonly SeriesChannel[];
}

/** Two sequences that are compared, and how. */
export interface PairParams {
  readonly query: SequenceRef;
  readonly match: SequenceRef;
  readonly scope: Scope;
  /** What each channel counts for; all the same without. */
  readonly weights: readonly number[] | null;
}

export interface ExplainParams extends PairParams {
  /** How many features to tell of, those that count most. */
  readonly features: number;
}

/** What one feature adds to a distance, and its two distributions. */
export interface FeatureTerm {
  /** `null` where the channels are pooled. */
  readonly channel: number | null;
  readonly feature: number;
  /** Its term of D_1, weighted: all terms sum to the distance. */
  readonly part: number;
  /** What of its term comes from how it is distributed in parts of the recording, and not in the whole. */
  readonly course: number;
  /** The quantile functions over the whole recording, at mid-point levels. */
  readonly query: readonly number[];
  readonly match: readonly number[];
}

export interface Explanation {
  readonly distance: number;
  /** What each channel adds to the distance; `null` where channels are pooled. */
  readonly channels: readonly number[] | null;
  /** The features that add most, in falling order. */
  readonly features: readonly FeatureTerm[];
  /** How many features there are, over all channels. */
  readonly of: number;
}

export interface TimelineParams extends PairParams {
  readonly columns: number;
  readonly querySpan: Span | null;
  readonly matchSpan: Span | null;
  /** The channels that are wanted one by one. */
  readonly channels: readonly number[];
}

/** What the time steps of a recording add to a distance, in columns. */
export interface Strip {
  readonly steps: number;
  readonly span: Span;
  /** Time steps of each column that were compared: fewer where only windows of a long recording were. */
  readonly compared: readonly number[];
  /** Cost of each column over all channels: over the whole recording they sum to the distance. */
  readonly costs: readonly number[];
  readonly channels: readonly { readonly index: number; readonly costs: readonly number[] }[];
  /** What all time steps of each channel add. */
  readonly sums: readonly number[];
  /** Time steps of the whole recording that were compared. */
  readonly comparedSteps: number;
}

export interface Timeline {
  readonly query: Strip;
  readonly match: Strip;
}

export interface PassageParams {
  readonly ref: SequenceRef;
  readonly features: readonly { readonly channel: number; readonly feature: number }[];
  /** Passages of each feature. */
  readonly count: number;
  readonly columns: number;
}

/** A stretch of a channel in which a feature is strong, reduced to columns. */
export interface Passage extends Span {
  readonly minimum: readonly number[];
  readonly maximum: readonly number[];
}

export interface FeaturePassages {
  readonly channel: number;
  readonly feature: number;
  readonly rate: number | null;
  readonly passages: readonly Passage[];
}

/** How a match is to be moved so that it lies best on the query. */
export interface Lag {
  /** Seconds if both rates are known, else time steps. */
  readonly lag: number;
  readonly unit: 's' | 'steps';
  readonly correlation: number;
}

export interface CalibrationParams {
  readonly query: SequenceRef;
  readonly scope: Scope;
  readonly weights: readonly number[] | null;
}

/** What distances mean among the sequences that are ranked together. */
export interface Calibration {
  /** Pairs that were measured, and whether these are all there are. */
  readonly pairs: number;
  readonly exact: boolean;
  /** Distances in rising order: entry i is below so many pairs as share (i / (n - 1))^2 of them. */
  readonly distances: readonly number[];
  /** Of pairs with labels: rising distances, the pairs up to there, and how many of these share their label. */
  readonly labels: {
    readonly distances: readonly number[];
    readonly pairs: readonly number[];
    readonly same: readonly number[];
  } | null;
}
