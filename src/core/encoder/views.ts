import { samplesFor } from '../recordings/allocate';
import { resample } from '../recordings/resample';
import { stepsOf, type Sequence } from '../recordings/sequence';

/** A form in which a recording is encoded once more: the mean of so many time steps each, or its whole in so many. */
export type View = { readonly every: number } | { readonly steps: number };

/** A recording in the form in which it was sampled. */
export const asSampled: View = { every: 1 };

/** How many time steps of the recording one of the view stands for, and how many the view has. */
export interface ViewSize {
  readonly per: number;
  readonly steps: number;
}

/** @param minimumSteps a view that would have fewer is stretched to so many */
export function viewSize(view: View, steps: number, minimumSteps: number): ViewSize {
  const usual = 'every' in view ? Math.ceil(steps / view.every) : view.steps;
  const shown = Math.max(usual, minimumSteps);
  return { per: 'every' in view && shown === usual ? view.every : steps / shown, steps: shown };
}

/** A sequence in the form of a view; the sequence itself where that is as it was sampled. Rates are left out. */
export function viewed(sequence: Sequence, view: View, minimumSteps: number): Sequence {
  const steps = stepsOf(sequence);
  const size = viewSize(view, steps, minimumSteps);
  if (size.per === 1) return sequence;
  const channels = sequence.channels.map((channel) => ({ ...channel, values: shownAs(channel.values, size) }));
  return { ...sequence, channels, rate: null };
}

/** How many time steps of a view are encoded at most, where of the recording it is `maximumSteps`. */
export function budgetOf(view: View, maximumSteps: number): number {
  return 'every' in view ? Math.ceil(maximumSteps / view.every) : maximumSteps;
}

/** The values of a channel in the form of a view of this size. */
export function shownAs(values: Float32Array, { per, steps }: ViewSize): Float32Array {
  if (per > 1) return means(values, per, steps);
  const times = Float64Array.from(values.keys());
  return resample(times, values, (values.length - 1) / (steps - 1), steps);
}

/** The mean within each cell of `per` samples, of which the first and the last may be cut by the cell's border. */
function means(values: Float32Array, per: number, cells: number): Float32Array {
  const out = samplesFor(cells);
  for (let c = 0; c < cells; c++) {
    const start = c * per;
    const end = Math.min(start + per, values.length);
    let sum = 0;
    for (let i = Math.floor(start); i < end; i++) sum += values[i]! * (Math.min(i + 1, end) - Math.max(i, start));
    out[c] = sum / (end - start);
  }
  return out;
}
