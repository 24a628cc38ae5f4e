import { createHash } from 'node:crypto';
import { featureBlocks, valuesOf } from './blocks';
import { byteScaleOf } from './codes';
import { gridOf, type EncoderDescription } from './description';
import { consecutiveGroups, featuresPerGroup } from './groups';
import { perDescription } from './perDescription';

/**
 * A coarse course of the features of a recording, from which the distance of any of its stretches is estimated: of each group
 * of features that rise and fall together (see `learnGroups`) the signed sum, as its mean over cells of time.
 *
 * The mean of a feature over a stretch differs by no more than the W_1 of its values, and the difference of signed sums is no
 * more than the sum of the differences. So the mean over features of these differences is never above the mean W_1.
 */
export interface Track {
  /** Time steps of the recording, as it is compared. */
  readonly steps: number;
  /** Time steps for each cell; the last one may have fewer. */
  readonly cell: number;
  readonly channels: number;
  /** [channels, cells, groups]: the byte of a mean m is round(m / step) + 128. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What the bytes of a track are. */
export interface TrackForm {
  /** For each group its features, and for each of these its sign. */
  readonly groups: readonly (readonly { readonly feature: number; readonly sign: number }[])[];
  /** What the byte 128 stands for, for each feature. */
  readonly centres: readonly number[];
  readonly step: number;
  readonly features: number;
  /** Time steps for each value of each feature. */
  readonly strides: readonly number[];
  /** The smallest cell, which holds a value of every feature at least. */
  readonly grid: number;
}

/** Stands for all that decides, beside the encoder, what the bytes of tracks are. */
export function trackIdentity(description: EncoderDescription): string {
  const { groups, step } = trackForm(description);
  const form = JSON.stringify([
    1,
    step,
    groups.map((members) => members.map(({ feature, sign }) => sign * (feature + 1))),
  ]);
  return createHash('sha256').update(form).digest('base64url').slice(0, 16);
}

/** So many bytes for each time step at most, where that is more than twice the bytes of an embedding. */
const bytesPerStep = 2;

const middle = 128;

/** Asked for with every recording. */
export const trackForm = perDescription((description): TrackForm => {
  const { step, centres } = byteScaleOf(description);
  const { groups, features } = description;
  const [{ scale } = { scale: 1 }] = featureBlocks(description);
  const size = groups?.size ?? featuresPerGroup;
  const members =
    groups === undefined
      ? consecutiveGroups(features, size)
      : Array.from({ length: Math.ceil(features / size) }, (_, g) => groups.members.slice(g * size, (g + 1) * size));
  return {
    groups: members.map((group) => group.map((n) => ({ feature: Math.abs(n) - 1, sign: Math.sign(n) }))),
    centres,
    // A sum reaches as far as the bytes of an embedding let its features reach.
    step: (size * step) / scale,
    features,
    strides: description.outputs.flatMap((output) => Array<number>(output.features).fill(output.stride)),
    grid: gridOf(description),
  };
});

/** Time steps for each cell. @param size bytes of an embedding of one channel */
export function cellOf({ groups, grid }: TrackForm, steps: number, size: number): number {
  const most = Math.max(2 * size, bytesPerStep * steps);
  let cell = grid;
  while (Math.ceil(steps / cell) * groups.length > most && cell < steps) cell *= 2;
  return cell;
}

/** Makes the track of a recording of its features, as they are encoded. */
export class TrackMaker {
  private readonly cells: number;
  /** [channels, groups, cells] */
  private readonly sums: Float32Array;
  private readonly places: readonly Place[];

  constructor(
    private readonly form: TrackForm,
    private readonly steps: number,
    private readonly cell: number,
    private readonly channels: number,
  ) {
    this.cells = Math.ceil(steps / cell);
    this.sums = new Float32Array(channels * form.groups.length * this.cells);
    this.places = placesOf(form);
  }

  /**
   * @param values of one feature over the whole recording
   * @param line the number channel x M + feature
   */
  add(values: Float32Array, line: number): void {
    const { features, groups, centres, strides } = this.form;
    const feature = line % features;
    const place = this.places[feature];
    if (place === undefined || values.length === 0) return;
    const row = (Math.floor(line / features) * groups.length + place.group) * this.cells;
    const centre = centres[feature] ?? 0;
    const perCell = this.cell / (strides[feature] ?? this.cell);
    for (let c = 0; c < this.cells; c++) {
      const from = Math.min(Math.floor(c * perCell), values.length - 1);
      const to = Math.max(Math.min(Math.floor((c + 1) * perCell), values.length), from + 1);
      this.sums[row + c]! += place.sign * (meanOf(values, from, to) - centre);
    }
  }

  finish(): Track {
    const { steps, cell, channels, cells, sums, form } = this;
    const groups = form.groups.length;
    const bytes = new Uint8ClampedArray(sums.length);
    for (let row = 0; row < channels * groups; row++) {
      const at = Math.floor(row / groups) * groups * cells + (row % groups);
      for (let c = 0; c < cells; c++) bytes[at + c * groups] = sums[row * cells + c]! / form.step + middle;
    }
    return { steps, cell, channels, bytes: new Uint8Array(bytes.buffer) };
  }
}

/**
 * The signed sums of one channel of a stretch over the whole of it and over each of consecutive parts, as numbers.
 *
 * @param visit hands out the values of every feature
 * @returns [1 + parts, groups]
 */
export function profileOf(
  form: TrackForm,
  parts: number,
  visit: (take: (values: Float32Array, feature: number) => void) => void,
): Float32Array {
  const places = placesOf(form);
  const groups = form.groups.length;
  const out = new Float32Array((1 + parts) * groups);
  const spans = Array.from({ length: parts }, (_, i) => ({ from: i / parts, to: (i + 1) / parts }));
  visit((values, feature) => {
    const { group, sign } = places[feature] ?? { group: 0, sign: 0 };
    const centre = form.centres[feature] ?? 0;
    [{ from: 0, to: 1 }, ...spans].forEach((span, row) => {
      const { start, end } = valuesOf(span, values.length);
      out[row * groups + group]! += sign * (meanOf(values, start, end) - centre);
    });
  });
  return out;
}

interface Place {
  readonly group: number;
  readonly sign: number;
}

/** For each feature its group and its sign. */
function placesOf({ groups }: TrackForm): readonly Place[] {
  const places: Place[] = [];
  groups.forEach((members, group) => {
    for (const { feature, sign } of members) places[feature] = { group, sign };
  });
  return places;
}

function meanOf(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  return sum / (end - start);
}
