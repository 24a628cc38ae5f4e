import type { EncoderDescription } from './description';
import type { Span } from './windows';

/** One quantile function that an embedding keeps of a feature. */
export interface FeatureBlock {
  /** The part of the recording whose values it describes, as shares of its length. */
  readonly from: number;
  readonly to: number;
  readonly levels: number;
  /** What its quantiles are multiplied by, so that the mean over all numbers weighs the blocks as they should be. */
  readonly scale: number;
}

/** What an encoder's description says of the quantile functions that are kept. */
export type Kept = Pick<EncoderDescription, 'levels' | 'course'>;

/**
 * What is kept of every feature, in this order: the quantile function of the whole recording, then, if the encoder
 * keeps the course of features, those of consecutive parts of equal length. With share s, the mean of |a - b| over all
 * numbers of a feature is (1 - s) W_1 of the whole + s times the mean W_1 of the parts.
 */
export function featureBlocks(kept: Kept): readonly FeatureBlock[] {
  const { levels, course } = kept;
  if (course === undefined) return [{ from: 0, to: 1, levels, scale: 1 }];
  const size = featureSize(kept);
  const whole = { from: 0, to: 1, levels, scale: ((1 - course.share) * size) / levels };
  const scale = (course.share * size) / (course.parts * course.levels);
  const parts = Array.from({ length: course.parts }, (_, i) => {
    return { from: i / course.parts, to: (i + 1) / course.parts, levels: course.levels, scale };
  });
  return [whole, ...parts];
}

/** The levels of the quantile functions that are kept of every feature, in their order. */
export function blockLevels(kept: Kept): readonly number[] {
  return featureBlocks(kept).map(({ levels }) => levels);
}

/** How many numbers an embedding keeps of a feature. */
export function featureSize({ levels, course }: Kept): number {
  return levels + (course === undefined ? 0 : course.parts * course.levels);
}

/** How many numbers an embedding keeps of a channel. */
export function channelSize(description: Kept & Pick<EncoderDescription, 'features'>): number {
  return description.features * featureSize(description);
}

/** Which of a feature's n values a block describes: at least one. */
export function valuesOf({ from, to }: Pick<FeatureBlock, 'from' | 'to'>, n: number): Span {
  const start = Math.min(Math.floor(from * n), n - 1);
  return { start, end: Math.max(Math.floor(to * n), start + 1) };
}

/** What decides the bytes of an embedding, as a key: the model, and what is kept of its features. */
export function embeddingIdentity({ sha256, outputs, levels, course, bytes }: EncoderDescription): string {
  return JSON.stringify([sha256, outputs, levels, course ?? null, bytes ?? null]);
}
