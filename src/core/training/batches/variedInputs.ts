import type { Random } from '../../distributions/random';
import { channelInputs, momentsOf, type ChannelMoments, type ChannelScale } from '../../encoder/inputs';
import { shownAs, viewSize, type View, type ViewSize } from '../../encoder/views';
import type { Span } from '../../encoder/windows';
import { addNoise, atTempo, variedScale, type Variation } from './augment';
import { fewest, type Window } from './lengths';

/** How many inputs `channelInputs` writes per time step. */
export const inputsPerStep = 3;

/**
 * The inputs of one channel, varied: of its window as it was sampled, then in each further view. A view that slides shows
 * the same window, one in so many steps the whole part.
 *
 * @returns 3 x steps values for each
 * @throws RangeError when the sequence has no such channel
 */
export function variedInputs(
  { sequence, whole, start, end, part }: Window,
  channel: { readonly number: number; readonly scale: ChannelScale },
  views: readonly View[],
  { amplitude, offset, noise }: Variation,
  random: Random,
): readonly Float32Array[] {
  const recorded = sequence.channels[channel.number];
  if (recorded === undefined) throw new RangeError(`a sequence lacks channel ${channel.number}`);
  const values = atTempo(recorded, whole);
  const clean = momentsOf(values);
  const deviation = noise * random.unit() * clean.differenceSize;
  const noisy = views.length === 0 ? { start: Math.max(start - 1, 0), end } : { start: 0, end: whole };
  const moments = addNoise(values, clean, deviation, noisy.start, noisy.end, random);
  const scale = variedScale(channel.scale, Math.exp(amplitude * random.normal()), offset * random.normal());
  const further = views.map((view) => {
    const slides = 'every' in view;
    const shown = slides ? values : values.subarray(part.start, part.end);
    const size = viewSize(view, shown.length, fewest);
    const seen = shownAs(shown, size);
    return inputsOf(
      seen,
      momentsOf(seen),
      scale,
      slides ? within({ start, end }, size) : { start: 0, end: size.steps },
    );
  });
  return [inputsOf(values, moments, scale, { start, end }), ...further];
}

/** The same window in the steps of a view: at least so many as the encoder takes. */
function within({ start, end }: Span, { per, steps }: ViewSize): Span {
  const length = Math.min(Math.max(Math.ceil((end - start) / per), fewest), steps);
  const from = Math.min(Math.floor(start / per), steps - length);
  return { start: from, end: from + length };
}

function inputsOf(values: Float32Array, moments: ChannelMoments, scale: ChannelScale, { start, end }: Span) {
  const inputs = new Float32Array(inputsPerStep * (end - start));
  channelInputs(values, moments, scale, start, end, inputs, 0);
  return inputs;
}
