import { marksOf, type Mark } from '../../marks';
import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { Channel, Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { raised } from '../pcm/raise';
import { listed } from '../pcm/text';
import { parseAnnotations, type Annotations } from './annotations';
import { hasEdfMagic, parseEdfHeader, type EdfHeader, type EdfSignal } from './header';
import { readRecords, recordBytesOf, type StoredSignal } from './records';
import { continuous, placed, type Timeline } from './timeline';
import { samplesFor } from '../../allocate';

/** European Data Format and BioSemi's 24-bit form of it, with or without annotations, in one piece or with gaps. */
export const edfReader: Reader = {
  format: 'edf',
  version: 1,
  extensions: ['.edf', '.bdf', '.rec'],
  claims,
  read,
};

/** `.bdf` is also a format of fonts, and `.rec` may be anything. */
function claims({ extension, head }: ByteSource): boolean {
  if (extension === '.edf') return true;
  return hasEdfMagic(head) || (extension === '.bdf' && head.toString('latin1', 0, 9) !== 'STARTFONT');
}

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = await parseEdfHeader(source);
  const signals = header.signals.filter(isRead);
  if (signals.length === 0) throw new UnreadableError('it holds annotations, but no samples of signals');
  const { records, note } = recordsOf(source, header);
  const stepsPerRecord = signals.reduce((most, { samplesPerRecord }) => Math.max(most, samplesPerRecord), 0);
  checkPromise(records * stepsPerRecord * signals.length, signals.length, options);
  const stored = await readRecords(source, header, records, options);
  const annotations = annotationsOf(stored, records);
  const timeline = timelineOf(header, annotations, records, stepsPerRecord);
  checkPromise(timeline.steps * signals.length, signals.length, options);
  const channels = stored.filter(({ signal }) => isRead(signal)).map((one) => channelOf(one, timeline, stepsPerRecord));
  const { recordSeconds } = header;
  const notes = [...note, ...notesOn(header, stepsPerRecord), ...notesOnTime(timeline, annotations)];
  const rate = recordSeconds === null ? null : Number((stepsPerRecord / recordSeconds).toPrecision(9));
  const whole = { channels, rate, label: null, name: null, notes };
  if (options.decisions?.segments !== true || rate === null) return [whole];
  return [{ ...whole, marks: marksOn(annotations, rate, timeline.steps) }];
}

/** Onsets count from the start of the recording, which the first data record may follow. */
function marksOn(annotations: Annotations | null, rate: number, steps: number): Mark[] {
  const [first = 0] = annotations?.onsets ?? [];
  const origin = Number.isNaN(first) ? 0 : first;
  const sayings = (annotations?.sayings ?? []).map(({ onset, duration, text }) => ({
    start: (onset - origin) * rate,
    length: duration === null ? null : duration * rate,
    label: text,
  }));
  return marksOf(sayings, steps);
}

function isRead({ isAnnotation, samplesPerRecord }: EdfSignal): boolean {
  return !isAnnotation && samplesPerRecord > 0;
}

/** The data records that are there, and what a user should know of their number. */
function recordsOf(source: ByteSource, header: EdfHeader): { readonly records: number; readonly note: string[] } {
  const recordBytes = recordBytesOf(header);
  const bytes = Math.max(0, source.size - header.dataStart);
  const there = Math.floor(bytes / recordBytes);
  const { records } = header;
  if (records === null) {
    return { records: there, note: ['its header does not say how many data records it has, so all were read'] };
  }
  if (there < records) {
    const note = `it is truncated: its header promises ${records} data records, and the ${there} that are there were read`;
    return { records: there, note: [note] };
  }
  const left = bytes - records * recordBytes;
  return { records, note: left === 0 ? [] : [`${left} bytes after its data records were left out`] };
}

function annotationsOf(stored: readonly StoredSignal[], records: number): Annotations | null {
  const own = stored.filter(({ bytes }) => bytes.length > 0).map(({ bytes }) => parseAnnotations(bytes, records));
  const [first] = own;
  if (first === undefined) return null;
  // Only the first signal of annotations times the records.
  return {
    onsets: first.onsets,
    count: own.reduce((sum, { count }) => sum + count, 0),
    texts: [...new Set(own.flatMap(({ texts }) => texts))],
    sayings: own.flatMap(({ sayings }) => sayings),
  };
}

function timelineOf(
  { isDiscontinuous, recordSeconds }: EdfHeader,
  annotations: Annotations | null,
  records: number,
  stepsPerRecord: number,
): Timeline {
  if (!isDiscontinuous || annotations === null || recordSeconds === null) return continuous(records, stepsPerRecord);
  return placed(annotations.onsets, recordSeconds, stepsPerRecord);
}

function channelOf({ signal, values }: StoredSignal, { runs, steps }: Timeline, stepsPerRecord: number): Channel {
  const { label, unit, samplesPerRecord } = signal;
  const parts = runs.map(({ firstRecord, records, start }) => {
    const own = values.subarray(firstRecord * samplesPerRecord, (firstRecord + records) * samplesPerRecord);
    return { start, values: raised(own, samplesPerRecord, stepsPerRecord) };
  });
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return { name: label, unit, values: only.values };
  const whole = samplesFor(steps).fill(NaN);
  for (const part of parts) whole.set(part.values, part.start);
  return { name: label, unit, values: whole };
}

function notesOn({ signals, recordSeconds }: EdfHeader, stepsPerRecord: number): string[] {
  const notes: string[] = [];
  const add = (matches: (signal: EdfSignal) => boolean, note: string) => {
    const names = signals.flatMap((signal, i) =>
      !signal.isAnnotation && matches(signal) ? [signal.label ?? `signal ${i + 1}`] : [],
    );
    if (names.length > 0) notes.push(`${note}: ${listed(names)}`);
  };
  if (recordSeconds === null) notes.push('its header gives no length of a data record, so its rate is not known');
  add((signal) => isRead(signal) && !signal.isCalibrated, 'not calibrated, so stored values were read');
  add(
    ({ samplesPerRecord }) => samplesPerRecord > 0 && samplesPerRecord < stepsPerRecord,
    'brought up to the rate of the fastest by interpolation',
  );
  add(({ samplesPerRecord }) => samplesPerRecord === 0, 'without samples, and left out');
  return notes;
}

function notesOnTime({ runs, missing, overlaps }: Timeline, annotations: Annotations | null): string[] {
  const notes: string[] = [];
  const gaps = runs.length - 1;
  if (gaps > 0) notes.push(`it has ${gaps === 1 ? 'a gap' : `${gaps} gaps`} of ${missing} samples in all`);
  if (overlaps) notes.push('some of its data records are said to overlap, and were read one after the other');
  if (annotations !== null && annotations.count > 0) {
    const { count, texts } = annotations;
    notes.push(`it has ${count === 1 ? 'an annotation' : `${count} annotations`}: ${listed(texts)}`);
  }
  return notes;
}
