import { UnreadableError, type ReadOptions } from '../../reader';
import type { Channel, Sequence } from '../../sequence';
import type { Codec } from '../pcm/codecs';
import { spread, type Interleaving, type Lane } from '../pcm/lanes';
import { checkPromise } from '../pcm/limits';
import { decodePieces } from '../pcm/pieces';
import { listed, quoted } from '../pcm/text';
import { countsRows } from '../../clock/evidence';
import { isCounterName } from '../../clock/names';
import { withDoubts } from '../../reading/doubts';
import type { Arrangement, Axis } from './arrangement';
import { clockOf, type Stamps } from './clock';
import type { NpyHeader } from './header';
import type { Part } from './record';
import { exactSamplesFor, samplesFor } from '../../allocate';

/** @throws UnreadableError when the elements are no samples. */
export function samplesOf({ element }: NpyHeader): Codec {
  if (element.codec === null || element.refusal !== null) {
    throw new UnreadableError(element.refusal ?? 'it holds no numbers');
  }
  return element.codec;
}

/**
 * Reads an array as sequences without labels or names. A field of records that tells the time becomes their clock.
 * @param pieces the bytes from `header.dataStart` on
 * @throws UnreadableError when the array is too large or the bytes end before it does
 */
export async function readArray(
  header: NpyHeader,
  arrangement: Arrangement,
  pieces: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Sequence[]> {
  const codec = samplesOf(header);
  const { parts } = header.element;
  const values = header.elements * parts.length;
  checkPromise(values, arrangement.sequences * arrangement.channels * parts.length, options);
  const order = interleavingOf(header, arrangement);
  const lanes = Array.from({ length: arrangement.sequences * arrangement.channels }, () =>
    parts.map((part) => laneOf(part, order.steps)),
  ).flat();
  await decodePieces(pieces, codec, values, (block, start) => {
    spread(block, start, order, lanes);
  });
  return sequencesOf(header, arrangement, lanes, options);
}

/** Where the values of one part of the elements go, in one channel of one sequence. */
interface PartLane extends Lane<Float32Array | Float64Array> {
  readonly part: Part;
}

function laneOf(part: Part, steps: number): PartLane {
  return { part, values: (part.seconds === null ? samplesFor : exactSamplesFor)(steps), zero: 0, divisor: 1 };
}

interface StoredAxis {
  readonly axis: Axis | null;
  readonly length: number;
}

/** The axes as they lie in the file, the fastest last. */
function storedAxes(header: NpyHeader, arrangement: Arrangement): StoredAxis[] {
  const stored = arrangement.axes.map((axis, i) => ({ axis, length: header.shape[i] ?? 1 }));
  return header.fortranOrder ? stored.reverse() : stored;
}

function interleavingOf(header: NpyHeader, arrangement: Arrangement): Interleaving {
  const stored = storedAxes(header, arrangement);
  const time = stored.findIndex(({ axis }) => axis === 'time');
  const product = (axes: readonly StoredAxis[]) => axes.reduce((all, { length }) => all * length, 1);
  return {
    groups: product(stored.slice(0, time)),
    steps: arrangement.steps,
    width: product(stored.slice(time + 1)) * header.element.parts.length,
  };
}

function sequencesOf(
  header: NpyHeader,
  arrangement: Arrangement,
  lanes: readonly PartLane[],
  options: ReadOptions,
): Sequence[] {
  const others = storedAxes(header, arrangement).filter(({ axis }) => axis === 'sequence' || axis === 'channel');
  const channelsOutside = others[0]?.axis === 'channel';
  const { sequences, channels } = arrangement;
  const { parts } = header.element;
  const counters = header.element.isRecord ? countersOf(parts, lanes) : new Set<Part>();
  const notes = notesOn(header, arrangement, counters);
  return Array.from({ length: sequences }, (_, n) => {
    const read: Channel[] = [];
    const stamps: Stamps[] = [];
    for (let c = 0; c < channels; c++) {
      const lane = channelsOutside ? c * sequences + n : n * channels + c;
      for (const { part, values } of lanes.slice(lane * parts.length, (lane + 1) * parts.length)) {
        if (counters.has(part)) continue;
        const { name, seconds, isDate } = part;
        if (values instanceof Float64Array) stamps.push({ name, values, seconds, isDate });
        else read.push({ name: name !== null && channels > 1 ? `${name} ${c + 1}` : name, unit: null, values });
      }
    }
    const sequence = { channels: read, rate: null, label: null, name: null, notes };
    const whole = withDoubts(sequence, arrangement.doubts, options.decisions);
    return stamps.length === 0 ? whole : withClock(whole, stamps, options);
  });
}

/** The fields that may be clocks: the first that runs like one is it; those that do not are channels after all. */
function withClock(sequence: Sequence, stamps: readonly Stamps[], options: ReadOptions): Sequence {
  const { clock, doubts, others } = clockOf(stamps, sequence.channels.length, options);
  const signals = others.map(({ name, values }) => ({ name, unit: null, values: Float32Array.from(values) }));
  const channels = [...sequence.channels, ...signals];
  if (channels.length === 0) throw new UnreadableError('it holds nothing but times');
  if (clock === null) return { ...sequence, channels };
  const timed = {
    ...sequence,
    channels: channels.map((channel) => ({ ...channel, values: clock.apply(channel.values) })),
    rate: clock.rate,
    notes: clock.notes.length === 0 ? sequence.notes : [...sequence.notes, ...clock.notes],
  };
  return withDoubts(timed, doubts, options.decisions);
}

/** The fields that are called like counters and do nothing but count the records, where there are others. */
function countersOf(parts: readonly Part[], lanes: readonly PartLane[]): ReadonlySet<Part> {
  const counters = parts.filter((part) => {
    if (!isCounterName(part.name ?? 'x')) return false;
    const own = lanes.filter((lane) => lane.part === part);
    // Single precision holds whole numbers up to 2^24 only.
    return own.every(({ values }) => countsRows(Float64Array.from(values.subarray(0, 2 ** 20))));
  });
  return new Set(counters.length < parts.length ? counters : []);
}

function notesOn({ element }: NpyHeader, { note }: Arrangement, counters: ReadonlySet<Part>): readonly string[] {
  const notes = note === null ? [] : [note];
  if (counters.size > 0) notes.push('a field that counts the records left out');
  const reasons = new Map<string, string[]>();
  for (const { name, reason } of element.leftOut) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  for (const [reason, names] of reasons) {
    const subject = names.length === 1 ? `its field ${quoted(names[0] ?? '')} was` : `its fields ${listed(names)} were`;
    notes.push(`${subject} left out, because ${reason}`);
  }
  return notes;
}
