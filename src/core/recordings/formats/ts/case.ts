import { UnreadableError } from '../../reader';
import type { Sequence } from '../../sequence';
import { resample } from '../../resample';
import { planClock } from '../../clock/clock';
import { parseMoment } from '../../clock/moments';
import { quoted } from '../text/lines';
import { parseNumber } from '../text/numbers';
import type { TsHeader } from './header';
import { samplesFor } from '../../allocate';
import { largest, smallest } from '../../extremes';

/**
 * Reads one case: dimensions between colons, then its label.
 * @param number From 1, for messages.
 * @param maximumSteps Time steps per dimension above which an irregular clock is refused.
 * @throws UnreadableError for a case that does not have the form that the header promises.
 */
export function caseOf(line: string, header: TsHeader, number: number, maximumSteps: number): Sequence {
  const parts = header.timeStamps ? partsWithStamps(line) : line.split(':');
  const label = header.labelled ? (parts.pop()?.trim() ?? '') : null;
  const expected = header.dimensions ?? parts.length;
  if (parts.length !== expected || parts.length === 0) {
    throw new UnreadableError(`case ${number} has ${parts.length} dimensions, but its header promises ${expected}`);
  }
  if (label !== null) checkLabel(label, header, number);
  return header.timeStamps
    ? withStamps(parts, label, number, maximumSteps)
    : sequenceOf(
        parts.map((part) => numbersOf(part.split(','), number)),
        { label },
      );
}

function checkLabel(label: string, { labels }: TsHeader, number: number): void {
  const isLabel = (known: string) =>
    known.toLowerCase() === label.toLowerCase() || (label !== '' && Number(known) === Number(label));
  if (labels === null || label === '?' || labels.some(isLabel)) return;
  throw new UnreadableError(
    `case ${number} has the label ${quoted(label)}, which its header does not list: is it cut off?`,
  );
}

function numbersOf(cells: readonly string[], number: number): Float32Array {
  return Float32Array.from(cells, (cell) => {
    const value = parseNumber(cell, false);
    if (value === undefined) throw new UnreadableError(`case ${number} holds ${quoted(cell)} where a number should be`);
    return Number.isFinite(Math.fround(value)) ? value : NaN;
  });
}

/**
 * Dimensions may differ in length. Those that lack a few samples miss them at their end; where some are far shorter, they
 * were sampled at another rate, and are stretched to the length of the longest.
 */
function sequenceOf(dimensions: readonly Float32Array[], rest: Partial<Sequence>): Sequence {
  const steps = largest(dimensions.map((values) => values.length));
  const shortest = smallest(dimensions.map((values) => values.length));
  const isStretched = shortest * 4 <= steps * 3 && shortest > 1;
  const uneven = isStretched
    ? `its dimensions have ${shortest} to ${steps} samples: the shorter ones were stretched to ${steps}`
    : 'its dimensions differ in length: the shorter ones miss samples at their end';
  const channels = dimensions.map((values) => {
    if (values.length === steps) return { name: null, unit: null, values };
    return { name: null, unit: null, values: isStretched ? stretched(values, steps) : padded(values, steps) };
  });
  const notes = shortest < steps ? [uneven] : [];
  return { channels, rate: null, label: null, name: null, ...rest, notes: [...notes, ...(rest.notes ?? [])] };
}

function padded(values: Float32Array, steps: number): Float32Array {
  const longer = samplesFor(steps).fill(NaN);
  longer.set(values);
  return longer;
}

function stretched(values: Float32Array, steps: number): Float32Array {
  const times = Float64Array.from(values, (_, i) => i);
  return resample(times, values, (values.length - 1) / (steps - 1), steps);
}

/** Splits at colons outside of brackets, since dates hold colons. */
function partsWithStamps(line: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ':' && depth === 0) {
      parts.push(line.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(line.slice(start));
  return parts;
}

interface Stamped {
  readonly stamps: Float64Array;
  readonly values: Float32Array;
  readonly dated: boolean;
}

function withStamps(parts: readonly string[], label: string | null, number: number, maximumSteps: number): Sequence {
  const dimensions = parts.map((part) => stampedOf(part, number));
  const [first] = dimensions;
  if (first === undefined || !dimensions.every((other) => haveSameStamps(first, other))) {
    throw new UnreadableError(`the dimensions of case ${number} have time stamps of their own`);
  }
  const { stamps, dated } = first;
  const clock = planClock(stamps, dated ? 1 : null, maximumSteps);
  const values = dimensions.map((dimension) => clock.apply(dimension.values));
  return sequenceOf(values, { label, rate: clock.rate, notes: clock.notes });
}

function haveSameStamps(a: Stamped, b: Stamped): boolean {
  return a.stamps.length === b.stamps.length && a.stamps.every((stamp, i) => stamp === b.stamps[i]);
}

/** Reads `(0,1.5),(1,?)`. */
function stampedOf(part: string, number: number): Stamped {
  const pairs = Array.from(part.matchAll(/\(([^()]*),([^(),]*)\)/g), ([, time = '', value = '']) => ({ time, value }));
  if (part.replace(/\([^()]*\)/g, '').replace(/[,\s]/g, '') !== '') {
    throw new UnreadableError(`case ${number} holds ${quoted(part)} where (time, value) pairs should be`);
  }
  if (pairs.length === 0) throw new UnreadableError(`case ${number} holds no (time, value) pairs`);
  const times = pairs.map(({ time }) => time);
  const dated = times.some((time) => parseNumber(time, false) === undefined);
  const stamps = Float64Array.from(times, (time) => {
    const stamp = dated ? parseMoment(time, 'day-first')?.seconds : parseNumber(time, false);
    if (stamp === undefined) throw new UnreadableError(`case ${number} has the time stamp ${quoted(time)}`);
    return stamp;
  });
  return {
    stamps,
    values: numbersOf(
      pairs.map(({ value }) => value),
      number,
    ),
    dated,
  };
}
