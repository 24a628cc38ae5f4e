import type { EncoderDescription } from './description';
import { asSampled, viewSize, type View } from './views';
import type { Span } from './windows';

/** One quantile function that an embedding keeps of a feature. */
export interface FeatureBlock {
  /** The form of the recording in which the feature is taken, see `viewsOf`. */
  readonly view: number;
  /** The part of the recording whose values it describes, as shares of its length. */
  readonly from: number;
  readonly to: number;
  readonly levels: number;
  /** What its quantiles are multiplied by, so that the mean over all numbers weighs the blocks as they should be. */
  readonly scale: number;
}

/** What an encoder's description says of the quantile functions that are kept. */
export type Kept = Pick<EncoderDescription, 'levels' | 'course' | 'views'>;

/** The same for one view, with what the view counts for beside the others. */
type KeptOfView = Pick<Kept, 'levels' | 'course'> & { readonly weight: number };

/** The forms in which a recording is encoded: first as it was sampled. */
export function viewsOf({ views = [] }: Kept): readonly [View, ...View[]] {
  return [asSampled, ...views];
}

/** How many time steps of a recording one of each view stands for. */
export function viewPers(
  description: Kept & Pick<EncoderDescription, 'minimumSteps'>,
  steps: number,
): readonly number[] {
  return viewsOf(description).map((view) => viewSize(view, steps, description.minimumSteps).per);
}

/**
 * What is kept of every feature, in this order: of the recording as it was sampled, then of each other view, the quantile
 * function of the whole, then, if the course of features is kept, those of consecutive parts of equal length. With share
 * s, a view's distance is (1 - s) W_1 of the whole + s times the mean W_1 of the parts; the mean of |a - b| over all numbers
 * of a feature is the mean of the views' distances by their weights.
 */
export function featureBlocks(kept: Kept): readonly FeatureBlock[] {
  const views = keptOfViews(kept);
  const total = views.reduce((sum, { weight }) => sum + weight, 0);
  const size = featureSize(kept);
  return views.flatMap((each, view) => blocksOfView(each, view, (size * each.weight) / total));
}

/** @param scale what the levels of the whole and of the parts share */
function blocksOfView({ levels, course }: KeptOfView, view: number, scale: number): readonly FeatureBlock[] {
  const share = course?.share ?? 0;
  const whole = { view, from: 0, to: 1, levels, scale: ((1 - share) * scale) / levels };
  if (course === undefined) return [whole];
  const ofPart = (share * scale) / (course.parts * course.levels);
  const parts = Array.from({ length: course.parts }, (_, i) => {
    return { view, from: i / course.parts, to: (i + 1) / course.parts, levels: course.levels, scale: ofPart };
  });
  return [whole, ...parts];
}

function keptOfViews({ levels, course, views = [] }: Kept): readonly KeptOfView[] {
  return [{ levels, course, weight: 1 }, ...views];
}

/** The levels of the quantile functions that are kept of every feature, in their order. */
export function blockLevels(kept: Kept): readonly number[] {
  return featureBlocks(kept).map(({ levels }) => levels);
}

/** How many numbers an embedding keeps of a feature. */
export function featureSize(kept: Kept): number {
  return keptOfViews(kept).reduce(
    (sum, { levels, course }) => sum + levels + (course === undefined ? 0 : course.parts * course.levels),
    0,
  );
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
export function embeddingIdentity({ sha256, outputs, levels, course, views, bytes }: EncoderDescription): string {
  return JSON.stringify([sha256, outputs, levels, course ?? null, views ?? null, bytes ?? null]);
}
