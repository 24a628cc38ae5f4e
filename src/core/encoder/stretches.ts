import { largest } from '../recordings/extremes';
import { stepsOf, type Sequence } from '../recordings/sequence';
import { channelSize, viewsOf } from './blocks';
import { codesOf } from './codes';
import { gridOf, type EncoderDescription } from './description';
import { encodePart, FeatureCollector, rowOf } from './embed';
import type { ChannelScale } from './inputs';
import { QuantileKeeper } from './quantileKeeper';
import type { EncoderSession } from './session';
import { viewed, viewSize } from './views';
import { pieces, type Span } from './windows';

const forms = new WeakMap<EncoderDescription, EncoderDescription>();

/**
 * What is kept of a stretch of a recording: as of the whole, but without the views that show the whole in so many steps,
 * which do not slide with the recording.
 */
export function stretchForm(description: EncoderDescription): EncoderDescription {
  const { views } = description;
  if (views === undefined || views.every((view) => 'every' in view)) return description;
  const known = forms.get(description) ?? { ...description, views: views.filter((view) => 'every' in view) };
  forms.set(description, known);
  return known;
}

/** How many input steps, over all channels, one run of the model takes at most. */
const stepsPerRun = 16_384;

/**
 * Embeds stretches of a recording as bytes: of every feature of the whole recording the values whose middles lie in the
 * stretch, as quantile functions (see `stretchForm`). No more of the recording is encoded than the stretches need, so that
 * a feature sees what is around a stretch. A stretch that is the whole is embedded as `embed` does.
 *
 * @param sequence without NaN, of at least `minimumSteps` time steps
 * @param spans which need not be of whole time steps
 * @param visit receives the bytes of one channel of one stretch, which hold until it returns, in the order of channels
 * @throws RangeError when the scales do not fit the channels, or a stretch is not in the recording
 */
export async function forEachStretch(
  session: EncoderSession,
  sequence: Sequence,
  scales: readonly ChannelScale[],
  spans: readonly Span[],
  signal: AbortSignal | undefined,
  visit: (codes: Uint8Array, channel: number, stretch: number) => void,
): Promise<void> {
  const steps = stepsOf(sequence);
  if (scales.length !== sequence.channels.length) throw new RangeError('there is not one scale per channel');
  const outside = spans.find(({ start, end }) => start < 0 || end > steps || start >= end);
  if (outside !== undefined) throw new RangeError(`there is no stretch from ${outside.start} to ${outside.end}`);
  const form = stretchForm(session.description);
  const size = channelSize(form);
  const shown = viewsOf(form).map((view) => formedAs(form, sequence, spans, view));
  const most = largest(shown.map(({ longest }) => longest));
  const together = Math.max(Math.floor(stepsPerRun / (most + 2 * form.halo)), 1);
  for (let first = 0; first < scales.length; first += together) {
    const some = scales.slice(first, first + together);
    const gathered: Gathered[] = [];
    for (const each of shown) gathered.push({ ...each, features: await gather(session, each, first, some, signal) });
    const values = new Float32Array(size);
    for (let row = 0; row < some.length; row++) {
      for (let stretch = 0; stretch < spans.length; stretch++) {
        gathered.forEach((each, view) => {
          keep(form, view, each, row, stretch, values);
        });
        visit(codesOf(values, form), first + row, stretch);
      }
    }
  }
}

/** A recording in one of its forms, with the stretches and the pieces that hold them. */
interface Formed {
  readonly sequence: Sequence;
  readonly steps: number;
  readonly spans: readonly Span[];
  readonly parts: readonly Span[];
  /** Steps of the longest piece. */
  readonly longest: number;
}

interface Gathered extends Formed {
  /** Of some channels. */
  readonly features: FeatureCollector;
}

function formedAs(
  description: EncoderDescription,
  recording: Sequence,
  stretches: readonly Span[],
  view: Parameters<typeof viewed>[1],
): Formed {
  const { per } = viewSize(view, stepsOf(recording), description.minimumSteps);
  const sequence = viewed(recording, view, description.minimumSteps);
  const steps = stepsOf(sequence);
  const spans = stretches.map(({ start, end }) => ({ start: start / per, end: Math.min(end / per, steps) }));
  const parts = pieces(union(spans, gridOf(description), steps));
  const longest = largest(parts.map((part) => part.end - part.start));
  return { sequence, steps, spans, parts, longest };
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

function keep(
  form: EncoderDescription,
  view: number,
  { features, spans, steps }: Gathered,
  row: number,
  stretch: number,
  out: Float32Array,
): void {
  const span = spans[stretch] ?? { start: 0, end: steps };
  const keeper = new QuantileKeeper(form, view, out);
  let before = 0;
  form.outputs.forEach(({ features: count, stride }, output) => {
    const { start, end } = valuesWithin(features.starts(output), stride, span, steps);
    for (let f = 0; f < count; f++) {
      keeper.add(features.line(output, row * count + f).subarray(start, end), before + f);
    }
    before += count;
  });
  keeper.finish();
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
