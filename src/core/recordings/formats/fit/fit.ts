import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { checkFileSize } from '../pcm/limits';
import { crc16 } from './crc';
import { DeveloperFields } from './developerFields';
import { messagesOf } from './messages';
import { kinds } from './profile';
import { Records } from './records';
import { sensorKinds } from './sensorProfile';
import { Sensor } from './sensors';

/**
 * Recordings of sports watches and cycling computers (Garmin's Flexible and Interoperable Data Transfer protocol): their
 * `record` messages are a table, and so are those of each sensor that tells more than one sample at a time. A file may
 * consist of several.
 */
export const fitReader: Reader = {
  format: 'fit',
  version: 2,
  extensions: ['.fit'],
  claims: () => true,
  async read(source, options) {
    checkFileSize(source, options);
    if (source.head.toString('latin1', 8, 12) !== '.FIT') {
      throw new UnreadableError('it does not begin like a FIT file of a sports watch');
    }
    const bytes = await source.read(0, source.size);
    options.signal?.throwIfAborted();
    const budget = new SampleBudget(options.maximumSamples);
    const sequences: Sequence[] = [];
    for (let at = 0; at < bytes.length;) {
      const { start, end } = contentAt(bytes, at);
      for (const sequence of sequencesIn(bytes, start, end, budget, options)) sequences.push(sequence);
      at = end + 2;
    }
    if (sequences.length === 0)
      throw new UnreadableError('it holds no samples: it has no messages of the kind "record" or of a sensor');
    return sequences;
  },
};

/**
 * Where the messages of the file that begins at `at` are.
 * @throws UnreadableError for a header that makes no sense, and where the check sum does not fit
 */
function contentAt(bytes: Buffer, at: number): { readonly start: number; readonly end: number } {
  const headerBytes = bytes[at] ?? 0;
  if (headerBytes < 12 || bytes.toString('latin1', at + 8, at + 12) !== '.FIT') {
    throw new UnreadableError('it is damaged: what follows its messages is no FIT file');
  }
  const length = bytes.readUInt32LE(at + 4);
  const [start, end] = [at + headerBytes, at + headerBytes + length];
  if (length === 0) throw new UnreadableError('it was not finished: its header tells no length');
  if (end + 2 > bytes.length) {
    throw new UnreadableError(
      `it is truncated: its header promises at least ${end + 2} bytes, but it has ${bytes.length}`,
    );
  }
  if (crc16(bytes.subarray(at, end)) !== bytes.readUInt16LE(end)) {
    throw new UnreadableError('it is damaged: its check sum does not fit');
  }
  return { start, end };
}

function sequencesIn(
  bytes: Buffer,
  start: number,
  end: number,
  budget: SampleBudget,
  options: ReadOptions,
): readonly Sequence[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const developerFields = new DeveloperFields();
  const records = new Records(budget, developerFields);
  const sensors = new Map<number, Sensor>();
  for (const message of messagesOf(view, start, end)) {
    const number = message.definition.message;
    if (number === kinds.fieldDescription) developerFields.add(view, message);
    if (number === kinds.record) records.add(view, message);
    const kind = sensorKinds.get(number);
    if (kind === undefined) continue;
    const sensor = sensors.get(number) ?? new Sensor(kind, budget);
    sensors.set(number, sensor);
    sensor.add(view, message);
  }
  return [...records.sequences(options), ...[...sensors.values()].flatMap((sensor) => sensor.sequence(options) ?? [])];
}
