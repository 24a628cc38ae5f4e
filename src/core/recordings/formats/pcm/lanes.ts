/**
 * The order in which the values of several channels are stored: as an array `[groups, steps, width]`, its last axis running
 * fastest. Lane `group * width + position` is one channel of `steps` values. Interleaved channels are one group; channels
 * stored one after the other are groups of width 1.
 */
export interface Interleaving {
  readonly groups: number;
  readonly steps: number;
  readonly width: number;
}

/** Where the values of one channel go: each stored value `v` becomes `(v - zero) / divisor`. */
export interface Lane<Values extends Float32Array | Float64Array = Float32Array> {
  readonly values: Values;
  readonly zero: number;
  readonly divisor: number;
}

/** Called with the part of a block that belongs to one lane: the values `first`, `first + stride`, ... before `end`. */
export type VisitRun = (lane: number, step: number, first: number, stride: number, end: number) => void;

/** Finds, in a block of `count` values of which the first is the `start`th of all, the values of each lane. */
export function eachRun(order: Interleaving, start: number, count: number, visit: VisitRun): void {
  const groupLength = order.steps * order.width;
  for (let done = 0; done < count;) {
    const within = (start + done) % groupLength;
    const group = (start + done - within) / groupLength;
    const end = Math.min(count, done + groupLength - within);
    for (let k = 0; k < order.width && done + k < end; k++) {
      const position = (within + k) % order.width;
      visit(group * order.width + position, (within + k - position) / order.width, done + k, order.width, end);
    }
    done = end;
  }
}

/** Spreads a block of values, of which the first is the `start`th of all, over the lanes. @throws RangeError if a lane is missing */
export function spread(
  block: Float64Array,
  start: number,
  order: Interleaving,
  lanes: readonly Lane<Float32Array | Float64Array>[],
): void {
  eachRun(order, start, block.length, (lane, step, first, stride, end) => {
    const target = lanes[lane];
    if (target === undefined) throw new RangeError(`there is no lane ${lane}`);
    copyRun(block, first, stride, end, target, step);
  });
}

function copyRun(
  block: Float64Array,
  first: number,
  stride: number,
  end: number,
  lane: Lane<Float32Array | Float64Array>,
  step: number,
): void {
  const { values, zero, divisor } = lane;
  for (let from = first, to = step; from < end; from += stride, to++) {
    values[to] = (block[from]! - zero) / divisor;
  }
}
