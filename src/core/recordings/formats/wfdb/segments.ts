import { dirname, join } from 'node:path';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Channel } from '../../sequence';
import { checkPromise } from '../pcm/limits';
import { raised } from '../pcm/raise';
import { inFile } from '../pcm/named';
import { quoted } from '../pcm/text';
import type { RecordHeader, Segment } from './header';
import { readRecordHeader, readUndivided, type Recorded } from './record';
import { samplesFor } from '../../allocate';

/** A segment of a record with what its own header says. */
export interface OpenSegment extends Segment {
  readonly name: string;
  readonly path: string;
  readonly header: RecordHeader;
  /** The frame of the record with which it begins. */
  readonly start: number;
}

function segmentPath(headerPath: string, name: string): string {
  return join(dirname(headerPath), `${name}.hea`);
}

/**
 * Reads a record of several segments as one recording. Signals are known by their names; where a segment lacks one, and in
 * the gaps between segments, it has no samples (NaN).
 * @throws UnreadableError when a segment cannot be read, and for more samples than the limits of the options
 */
export async function readDivided(path: string, header: RecordHeader, options: ReadOptions): Promise<Recorded> {
  const segments = await openSegments(path, header);
  const frames = (header.segments ?? []).reduce((sum, segment) => sum + segment.frames, 0);
  const perFrame = segments.reduce(
    (most, segment) => segment.header.signals.reduce((high, signal) => Math.max(high, signal.samplesPerFrame), most),
    1,
  );
  const names = new Set(
    segments.flatMap((segment) => keysOf(segment.header.signals.map(({ description }) => description))),
  );
  checkPromise(frames * perFrame * names.size, names.size, options);
  const channels = new Map<string, Channel>();
  const notes = new Set<string>();
  for (const segment of segments) {
    const isLayout = segment.header.signals.every(({ file }) => file === null);
    const read = isLayout ? layoutOf(segment.header) : await readSegment(segment, options);
    const keys = keysOf(read.channels.map(({ name }) => name));
    read.channels.forEach((channel, i) => {
      const key = keys[i] ?? '';
      const whole = channels.get(key) ?? { ...channel, values: samplesFor(frames * perFrame).fill(NaN) };
      channels.set(key, whole);
      if (whole.unit !== channel.unit) notes.add(`the unit of ${quoted(key)} changes between its segments`);
      const values = raised(channel.values, read.perFrame, perFrame).subarray(0, segment.frames * perFrame);
      whole.values.set(values, segment.start * perFrame);
    });
    for (const note of read.notes) notes.add(note);
  }
  return { channels: withSamples(channels), perFrame, notes: [...notes, ...gapNote(header.segments ?? [])] };
}

/** Opens the headers of all segments but the gaps. */
export async function openSegments(path: string, { segments, rate }: RecordHeader): Promise<OpenSegment[]> {
  const open: OpenSegment[] = [];
  let start = 0;
  for (const { name, frames } of segments ?? []) {
    if (name !== null) {
      const own = segmentPath(path, name);
      const header = await inFile({ path: own, file: `segment ${quoted(name)}` }, readRecordHeader);
      checkSegment(name, header, rate);
      open.push({ name, frames, path: own, header, start });
    }
    start += frames;
  }
  return open;
}

function checkSegment(name: string, header: RecordHeader, rate: number | null): void {
  if (header.segments !== null) throw new UnreadableError(`its segment ${quoted(name)} is divided again`);
  if (rate !== null && header.rate !== null && rate !== header.rate) {
    throw new UnreadableError(`its segment ${quoted(name)} has ${header.rate} Hz, not ${rate}`);
  }
}

/** The signals of a layout, which has no samples: they only fix the order of channels. */
function layoutOf({ signals }: RecordHeader): Recorded {
  const values = new Float32Array(0);
  return {
    channels: signals.map(({ description, units }) => ({ name: description, unit: units, values })),
    perFrame: 1,
    notes: [],
  };
}

async function readSegment({ name, path, header, frames }: OpenSegment, options: ReadOptions): Promise<Recorded> {
  try {
    return await readUndivided(path, { ...header, frames: header.frames ?? frames }, options);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new UnreadableError(`its segment ${quoted(name)} cannot be used: ${error.message}`, { cause: error });
  }
}

/** What tells signals apart: their names, numbered where they repeat or are missing. */
function keysOf(names: readonly (string | null)[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, i) => {
    const plain = name ?? `signal ${i + 1}`;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return count === 1 ? plain : `${plain} (${count})`;
  });
}

function withSamples(channels: ReadonlyMap<string, Channel>): readonly Channel[] {
  const present = [...channels.values()].filter(({ values }) => values.some((value) => !Number.isNaN(value)));
  if (present.length === 0) throw new UnreadableError('its segments hold no samples');
  return present;
}

function gapNote(segments: readonly Segment[]): string[] {
  const gaps = segments.filter(({ name }) => name === null);
  if (gaps.length === 0) return [];
  const frames = gaps.reduce((sum, gap) => sum + gap.frames, 0);
  return [`it has ${gaps.length === 1 ? 'a gap' : `${gaps.length} gaps`} of ${frames} samples in all`];
}
