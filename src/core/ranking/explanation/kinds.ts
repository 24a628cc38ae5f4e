import type { Response } from '../../encoder/description';
import type { DistributionBlock } from './blocks';

/** What features tell of a recording, in words that need no encoder. */
export type KindName = 'level' | 'course' | 'shape' | 'rhythm';

export interface Kind {
  readonly name: KindName;
  /** Of rhythms: from which frequency to which, in cycles per time step. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

const octaves = 5;

/** Level and spread, slow course, shape of single patterns, and rhythms by octave from the fastest down. */
export const kinds: readonly Kind[] = [
  { name: 'level', band: null },
  { name: 'course', band: null },
  { name: 'shape', band: null },
  ...Array.from({ length: octaves }, (_, k) => ({
    name: 'rhythm' as const,
    band: { low: 2 ** -(k + 2), high: 2 ** -(k + 1) },
  })),
];

const [level, course, shape, firstRhythm] = [0, 1, 2, 3];

/**
 * Which of the kinds a feature belongs to. What is slower than the slowest rhythm is part of the course.
 *
 * @param response what it answers to most, in the time steps that the encoder sees
 * @param per how many time steps of the recording each of them stands for
 */
export function kindOf(response: Response, per: number): number {
  if (response === 'level') return level;
  if (response === 'shape') return shape;
  const octave = kinds.findIndex(({ band }) => band !== null && response / per >= band.low);
  return octave < firstRhythm ? course : octave;
}

/** @throws RangeError when there is no kind of that number */
export function kindAt(number: number): Kind {
  const kind = kinds[number];
  if (kind === undefined) throw new RangeError(`there is no kind ${number}`);
  return kind;
}

/** The kind of each block's feature. @param perOf the time steps that one of each view stands for */
export function kindsOfBlocks(
  blocks: readonly DistributionBlock[],
  responses: readonly Response[],
  perOf: readonly number[],
): Uint8Array {
  return Uint8Array.from(blocks, ({ feature, view }) => {
    const response = responses[feature];
    if (response === undefined) throw new RangeError(`nothing is known of feature ${feature}`);
    return kindOf(response, perOf[view] ?? 1);
  });
}

/**
 * The parts of D_1 by kind: they sum to the distance of the blocks. In parts of a recording a feature differs by d_1, d_2, ...
 * Of the sum of |d_i|, |d_1 + d_2 + ...| is how much it differs all along, and belongs to its own kind; the rest, which is
 * there when it differs one way here and the other way there, is course.
 *
 * @param kindOfBlock see `kindsOfBlocks`
 * @returns one number for each of `kinds`
 */
export function kindParts(
  blocks: readonly DistributionBlock[],
  kindOfBlock: Uint8Array,
  a: Uint8Array,
  b: Uint8Array,
): Float64Array {
  const sums = new Float64Array(kinds.length);
  let together: DistributionBlock[] = [];
  let kind = 0;
  const add = (): void => {
    const [first] = together;
    if (first === undefined) return;
    const scale = (first.weight * first.step) / first.levels;
    const { all, along } = differences(together, a, b);
    sums[kind]! += scale * along;
    sums[course]! += scale * (all - along);
  };
  for (const [i, block] of blocks.entries()) {
    const [first] = together;
    if (first !== undefined && belongTogether(first, block)) {
      together.push(block);
      continue;
    }
    add();
    together = [block];
    kind = kindOfBlock[i]!;
  }
  add();
  return sums;
}

function isPart({ from, to }: DistributionBlock): boolean {
  return from > 0 || to < 1;
}

/** Whether two blocks describe parts of a recording by the same feature. */
function belongTogether(a: DistributionBlock, b: DistributionBlock): boolean {
  const sameFeature = a.feature === b.feature && a.view === b.view && a.channels[0] === b.channels[0];
  return sameFeature && isPart(a) && isPart(b) && a.levels === b.levels && a.weight === b.weight;
}

/** Of the bytes of some blocks: the sum of all differences, and what of it goes one way in all blocks, level by level. */
function differences(blocks: readonly DistributionBlock[], a: Uint8Array, b: Uint8Array) {
  const [first] = blocks;
  let all = 0;
  let along = 0;
  for (let q = 0; q < (first?.levels ?? 0); q++) {
    let signed = 0;
    for (const { offset } of blocks) {
      const difference = a[offset + q]! - b[offset + q]!;
      all += Math.abs(difference);
      signed += difference;
    }
    along += Math.abs(signed);
  }
  return { all, along };
}

/** A band of rhythms in Hz, or in cycles per time step where two recordings are not compared at one known rate. */
export function bandBetween(
  { low, high }: NonNullable<Kind['band']>,
  a: { readonly rate: number | null },
  b: { readonly rate: number | null },
): { readonly low: number; readonly high: number; readonly timed: boolean } {
  const rate = a.rate !== null && b.rate !== null && Math.abs(a.rate / b.rate - 1) < sameRate ? a.rate : null;
  return { low: low * (rate ?? 1), high: high * (rate ?? 1), timed: rate !== null };
}

const sameRate = 0.01;
