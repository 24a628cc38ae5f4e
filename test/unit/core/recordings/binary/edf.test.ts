import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edfReader } from '../../../../../src/core/recordings/formats/edf/edf';
import { placed } from '../../../../../src/core/recordings/formats/edf/timeline';
import { memorySource, readBytes, readFile, reasonFor, signals } from './fixtures';

const plain = readFileSync(join(signals, 'plain.edf'));
const gap = readFileSync(join(signals, 'gap.edf'));
const plus = readFileSync(join(signals, 'plus.edf'));

/** The file with the text at a place in its header replaced. */
function edited(bytes: Buffer, place: number, text: string, length = 8): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(text.padEnd(length), place, 'latin1');
  return copy;
}

const reasonOf = (bytes: Buffer, options = {}) => reasonFor(readBytes('/x.edf', bytes, options));
const notesOf = async (bytes: Buffer) => (await readBytes('/x.edf', bytes))[0]?.notes;

/** Where the fields of the first of two signals begin. */
const fields = { label: 256, physicalMinimum: 256 + 2 * 104, storedMinimum: 256 + 2 * 120, samples: 256 + 2 * 216 };

describe('files that are refused', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'it is empty'],
    ['other bytes', Buffer.from('GIF89a and so on'), 'it does not begin like an EDF or BDF file'],
    ['an eye tracker', Buffer.from('SR_RESEARCH_COMBINED_FILE'), /^it is a file of an EyeLink eye tracker; convert it/],
    ['half of the header', plain.subarray(0, 200), 'it is truncated: its header is not complete'],
    [
      'half of the signals',
      plain.subarray(0, 300),
      /truncated: its header of 2 signals takes 768 bytes, but it has 300/,
    ],
    ['no signals', edited(plain, 252, '0', 4), 'it describes no signals'],
    ['a word for the signals', edited(plain, 252, 'two', 4), '“two” is no number of signals'],
    ['a word for the samples', edited(plain, fields.samples, 'many'), '“many” is no number of samples (signal 1)'],
    ['fewer than no samples', edited(plain, fields.samples, '-3'), '“-3” is no number of samples (signal 1)'],
    ['no records', plain.subarray(0, 768), 'it holds no samples'],
    ['far too long records', edited(plain, fields.samples, '99999999'), 'it holds no samples'],
    ['a header beyond the end', edited(plain, 184, '99999999'), 'it holds no samples'],
    ['nothing but annotations', edited(edited(plain, fields.label, 'EDF Annotations', 16), fields.label + 16, 'EDF Annotations', 16), 'it holds annotations, but no samples of signals'], // prettier-ignore
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOf(bytes)).toMatch(reason);
  });

  test('for the limits of the options', async () => {
    expect(await reasonOf(plain, { maximumSamples: 119 })).toBe('it holds 120 samples, more than the limit of 119');
    expect(await reasonOf(plain, { maximumBytes: 100 })).toMatch(/more than the limit of 100/);
  });

  test('for a gap that no memory holds', async () => {
    const bytes = Buffer.from(gap);
    const onset = bytes.lastIndexOf('+2.5\x14\x14');
    bytes.write('+99999999999.5\x14\x14', onset, 'latin1');
    expect(await reasonOf(bytes)).toMatch(/samples, more than the limit/);
  });
});

describe('notes', () => {
  test('on the number of records', async () => {
    expect(await notesOf(edited(plain, 236, '-1'))).toContain(
      'its header does not say how many data records it has, so all were read',
    );
    expect(await notesOf(edited(plain, 236, '9'))).toContain(
      'it is truncated: its header promises 9 data records, and the 5 that are there were read',
    );
    expect(await notesOf(edited(plain, 236, '4'))).toContain('30 bytes after its data records were left out');
  });

  test('on what is brought up and what is left out', async () => {
    expect(await notesOf(plain)).toEqual(['brought up to the rate of the fastest by interpolation: “SaO2”']);
    expect(await notesOf(edited(plain, fields.samples, '0'))).toContain('without samples, and left out: “EMG chin”');
  });

  test('on what is not calibrated', async () => {
    const [sequence] = await readBytes('/x.edf', edited(plain, fields.physicalMinimum, '5'));
    expect(sequence?.notes).toContain('not calibrated, so stored values were read: “EMG chin”');
    expect(sequence?.channels[0]?.values[0]).toBe(plain.readInt16LE(768));
  });

  test('on a length of records that is not given', async () => {
    const [sequence] = await readBytes('/x.edf', edited(plain, 244, '0'));
    expect(sequence?.rate).toBeNull();
    expect(sequence?.notes).toContain('its header gives no length of a data record, so its rate is not known');
  });

  test('on annotations and gaps, which are no label', async () => {
    const [sequence] = await readFile(join(signals, 'gap.edf'));
    expect(sequence?.label).toBeNull();
    expect(sequence?.notes.slice(1)).toEqual([
      'it has a gap of 24 samples in all',
      'it has 2 annotations: “lights off”, “lights on”',
    ]);
    expect((await notesOf(plus))?.at(-1)).toBe('it has 3 annotations: “Recording starts”, “Sleep stage W”');
  });

  test('on records that overlap', async () => {
    const bytes = Buffer.from(gap);
    bytes.write('+0', bytes.lastIndexOf('+2\x14\x14'), 'latin1');
    expect(await notesOf(bytes)).toContain(
      'some of its data records are said to overlap, and were read one after the other',
    );
  });
});

test('a decimal comma and a swapped range are understood', async () => {
  const bytes = edited(edited(plain, fields.physicalMinimum, '5,0'), fields.physicalMinimum + 16, '-5,0');
  const [turned] = await readBytes('/x.edf', bytes);
  const [usual] = await readBytes('/x.edf', plain);
  const sums = turned?.channels[0]?.values.map((value, i) => value + usual!.channels[0]!.values[i]!);
  expect(sums?.every((sum) => Math.abs(sum) < 1e-5)).toBe(true);
});

test('fonts and other files with these extensions are passed over', () => {
  const claims = (path: string, bytes: Buffer) => edfReader.claims(memorySource(path, bytes));
  expect(claims('/font.bdf', Buffer.from('STARTFONT 2.1'))).toBe(false);
  expect(claims('/x.rec', Buffer.from('anything'))).toBe(false);
  expect(claims('/x.rec', plain)).toBe(true);
  expect(claims('/x.bdf', Buffer.from('damaged'))).toBe(true);
  expect(claims('/x.edf', Buffer.from('damaged'))).toBe(true);
});

test('records lie where their onsets say, one after the other where they say nothing', () => {
  const lengths = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(NaN)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 7 }), (gaps, stepsPerRecord) => {
      let time = 10;
      const onsets = Float64Array.from(gaps, (between, i) => {
        if (i > 0) time += 2 * (1 + (Number.isNaN(between) ? 0 : between));
        return Number.isNaN(between) && i > 0 ? NaN : time;
      });
      const timeline = placed(onsets, 2, stepsPerRecord);
      const starts = timeline.runs.flatMap(({ start, records }) =>
        Array.from({ length: records }, (_, i) => start + i * stepsPerRecord),
      );
      expect(starts).toHaveLength(onsets.length);
      onsets.forEach((onset, i) => {
        const follows = i === 0 ? 0 : starts[i - 1]! + stepsPerRecord;
        expect(starts[i]).toBe(Number.isNaN(onset) ? follows : ((onset - 10) / 2) * stepsPerRecord);
      });
      expect(timeline.steps).toBe(starts.at(-1)! + stepsPerRecord);
      expect(timeline.missing).toBe(timeline.steps - onsets.length * stepsPerRecord);
      expect(timeline.overlaps).toBe(false);
    }),
    { seed: 42 },
  );
});
