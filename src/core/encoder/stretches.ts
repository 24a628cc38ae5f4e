import { largest } from '../recordings/extremes';
import { stepsOf, type Sequence } from '../recordings/sequence';
import { channelSize, viewsOf } from './blocks';
import { codesOf } from './codes';
import { gridOf, type EncoderDescription } from './description';
import { encodePart, FeatureCollector, rowOf } from './embed';
import type { ChannelScale } from './inputs';
import { perDescription } from './perDescription';
import { QuantileKeeper } from './quantileKeeper';
import type { EncoderSession } from './session';
import { viewed, viewSize, type View } from './views';
import { pieces, type Span } from './windows';

/**
 * What is kept of a stretch of a recording: as of the whole, but without the views that show the whole in so many steps,
 * which do not slide with the recording.
 */
export const stretchForm = perDescription((description): EncoderDescription => {
  const { views } = description;
  if (views === undefined || views.every((view) => 'every' in view)) return description;
  return { ...description, views: views.filter((view) => 'every' in view) };
});

/** How many input steps, over all channels, one run of the model takes at most. */
const stepsPerRun = 16_384;

/** A recording in one of its forms, with the pieces that are encoded. */
interface Formed {
  readonly sequence: Sequence;
  readonly steps: number;
  /** Time steps of the recording that one of these stands for. */
  readonly per: number;
  readonly parts: readonly Span[];
}

/** The features of some channels in one form. */
interface Gathered extends Formed {
  readonly features: FeatureCollector;
}

/** One channel of a recording, with the features of some stretches. */
export class EncodedChannel {
  /** @param views of each view what was gathered, a row for each channel */
  constructor(
    private readonly form: EncoderDescription,
    private readonly views: readonly Gathered[],
    private readonly row: number,
  ) {}

  /**
   * The bytes of a stretch: of every feature of the recording the values whose middles lie in it, as quantile functions. A
   * stretch that is the whole has the bytes of `embed`.
   * @param span within those that were encoded; need not be of whole time steps
   */
  codes(span: Span): Uint8Array<ArrayBuffer> {
    const out = new Float32Array(channelSize(this.form));
    for (let view = 0; view < this.views.length; view++) {
      const keeper = new QuantileKeeper(this.form, view, out);
      this.visit(span, view, (values, feature) => {
        keeper.add(values, feature);
      });
      keeper.finish();
    }
    return codesOf(out, this.form);
  }

  /** Hands out the values of every feature of a view within a stretch. */
  visit(span: Span, view: number, visit: (values: Float32Array, feature: number) => void): void {
    const { features } = this.gathered(view);
    let before = 0;
    this.form.outputs.forEach(({ features: count }, output) => {
      const { start, end } = this.values(span, view, output);
      for (let f = 0; f < count; f++) {
        visit(features.line(output, this.row * count + f).subarray(start, end), before + f);
      }
      before += count;
    });
  }

  /** Where the values of a feature that `visit` hands out stand in the whole recording. */
  valuesIn(span: Span, view: number, feature: number): { first: number; count: number; per: number } {
    let output = 0;
    for (let left = feature; left >= (this.form.outputs[output]?.features ?? Infinity); output++) {
      left -= this.form.outputs[output]?.features ?? 0;
    }
    const { features, per } = this.gathered(view);
    const { stride } = this.form.outputs[output] ?? { stride: 1 };
    const { start, end } = this.values(span, view, output);
    return { first: (features.starts(output)[start] ?? 0) / stride, count: end - start, per: stride * per };
  }

  private values(span: Span, view: number, output: number): Span {
    const { features, per, steps } = this.gathered(view);
    const own = { start: span.start / per, end: Math.min(span.end / per, steps) };
    return valuesWithin(features.starts(output), this.form.outputs[output]?.stride ?? 1, own, steps);
  }

  private gathered(view: number): Gathered {
    const gathered = this.views[view];
    if (gathered === undefined) throw new RangeError(`there is no view ${view}`);
    return gathered;
  }
}

/**
 * Encodes stretches of a recording, and no more of it than they need, so that a feature sees what is around a stretch. Gives
 * some channels at a time, in their order.
 *
 * @param sequence without NaN, of at least `minimumSteps` time steps
 * @param spans which need not be of whole time steps
 * @throws RangeError when the scales do not fit the channels, or a stretch is not in the recording
 */
export async function* encodedChannels(
  session: EncoderSession,
  sequence: Sequence,
  scales: readonly ChannelScale[],
  spans: readonly Span[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly EncodedChannel[], void> {
  const { description } = session;
  const steps = stepsOf(sequence);
  if (scales.length !== sequence.channels.length) throw new RangeError('there is not one scale per channel');
  const outside = spans.find(({ start, end }) => start < 0 || end > steps || start >= end);
  if (outside !== undefined) throw new RangeError(`there is no stretch from ${outside.start} to ${outside.end}`);
  const form = stretchForm(description);
  const forms = viewsOf(form).map((view) => formedAs(description, sequence, spans, view));
  const longest = largest(forms.flatMap(({ parts }) => parts.map((part) => part.end - part.start)));
  const together = Math.max(Math.floor(stepsPerRun / (longest + 2 * description.halo)), 1);
  for (let first = 0; first < scales.length; first += together) {
    const some = scales.slice(first, first + together);
    const views: Gathered[] = [];
    for (const each of forms) views.push({ ...each, features: await gather(session, each, first, some, signal) });
    yield some.map((_, row) => new EncodedChannel(form, views, row));
  }
}

function formedAs(description: EncoderDescription, recording: Sequence, spans: readonly Span[], view: View): Formed {
  const { per } = viewSize(view, stepsOf(recording), description.minimumSteps);
  const sequence = viewed(recording, view, description.minimumSteps);
  const steps = stepsOf(sequence);
  const own = spans.map(({ start, end }) => ({ start: start / per, end: Math.min(end / per, steps) }));
  return { sequence, steps, per, parts: pieces(union(own, gridOf(description), steps)) };
}

async function gather(
  session: EncoderSession,
  { sequence, parts, steps }: Formed,
  first: number,
  scales: readonly ChannelScale[],
  signal: AbortSignal | undefined,
): Promise<FeatureCollector> {
  const rows = scales.map((scale, i) => rowOf(sequence, first + i, scale));
  const features = new FeatureCollector(session.description, rows.length, parts);
  for (const part of parts) {
    signal?.throwIfAborted();
    await encodePart(session, rows, part, steps, features);
  }
  return features;
}

/**
 * The values whose middles lie in a stretch, at least one; up to its end those of a stretch that ends where the recording
 * does.
 *
 * @param starts ascending, of values that stand for `stride` time steps each
 */
function valuesWithin(starts: readonly number[], stride: number, { start, end }: Span, steps: number): Span {
  const from = Math.min(countBefore(starts, start - stride / 2), starts.length - 1);
  const to = end >= steps ? starts.length : countBefore(starts, end - stride / 2);
  return { start: from, end: Math.max(to, from + 1) };
}

/** How many of ascending numbers are below a limit. */
function countBefore(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The spans in which some spans lie, on a grid; those that touch are one. */
function union(spans: readonly Span[], grid: number, steps: number): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const span of sorted) {
    // A last, shorter cell of the grid may give no value.
    const lastCell = Math.max(Math.floor((steps - grid) / grid), 0);
    const start = Math.min(Math.floor(span.start / grid), lastCell) * grid;
    const end = Math.min(Math.ceil(span.end / grid) * grid, steps);
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
