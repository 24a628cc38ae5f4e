import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBytes, reasonFor, signals } from './fixtures';

const plain = readFileSync(join(signals, 'i16.aiff'));
const compressed = readFileSync(join(signals, 'alaw.aifc'));
const place = (bytes: Buffer, id: string) => bytes.indexOf(id) + 8;

/** The file with a number of a part changed. */
function edited(bytes: Buffer, id: string, offset: number, value: number, width = 4): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUIntBE(value, place(copy, id) + offset, width);
  return copy;
}

const reasonOf = (bytes: Buffer) => reasonFor(readBytes('/x.aiff', bytes));
const without = (bytes: Buffer, id: string) => Buffer.from(bytes.toString('latin1').replace(id, 'xxxx'), 'latin1');

describe('files that are refused', () => {
  const renamed = (name: string) => {
    const copy = Buffer.from(compressed);
    copy.write(name, place(copy, 'COMM') + 18, 'latin1');
    return copy;
  };

  test.each([
    ['nothing', Buffer.alloc(0), 'it is empty'],
    ['other bytes', Buffer.from('GIF89a and so on'), 'it does not begin like an AIFF file'],
    ['magic alone', plain.subarray(0, 5), 'it is truncated before its samples'],
    ['a picture', Buffer.from('FORM\0\0\0\x04ILBM', 'latin1'), 'it is an IFF file, but not of sound'],
    ['no samples', without(plain, 'SSND'), 'it has no samples'],
    ['no description', without(plain, 'COMM'), 'it does not describe the format of its samples'],
    ['a cut part', plain.subarray(0, 20), 'it is truncated before its samples'],
    ['a cut part of samples', plain.subarray(0, place(plain, 'SSND') + 4), 'it is truncated before its samples'],
    ['a short description', edited(plain, 'COMM', -4, 10), 'its part “COMM” is too short'],
    ['no channels', edited(plain, 'COMM', 0, 0, 2), 'it has no channels'],
    ['64 bits', edited(plain, 'COMM', 6, 48, 2), 'its samples are “NONE” numbers of 48 bits'],
    ['other encodings', renamed('QDM2'), 'its samples are encoded as “QDM2”'],
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOf(bytes)).toBe(reason);
  });
});

describe('notes', () => {
  const notesOf = async (bytes: Buffer) => (await readBytes('/x.aiff', bytes))[0]?.notes;

  test('on the length of the samples', async () => {
    expect(await notesOf(plain)).toEqual([]);
    expect((await notesOf(plain.subarray(0, plain.length - 10)))?.[0]).toMatch(
      /^it is truncated: its header promises 240 bytes of samples, and the 230 that are there were read$/,
    );
    expect((await notesOf(edited(plain, 'SSND', -4, 0)))?.[0]).toMatch(/leaves the length open/);
  });

  test('on a rate that is not given', async () => {
    const bytes = Buffer.from(plain);
    bytes.fill(0, place(bytes, 'COMM') + 8, place(bytes, 'COMM') + 18);
    expect(await notesOf(bytes)).toEqual(['its header gives no sampling rate']);
  });
});

test('no more frames are read than the description counts', async () => {
  const [sequence] = await readBytes('/x.aiff', edited(plain, 'COMM', 2, 50));
  expect(sequence?.channels[0]?.values).toHaveLength(50);
});
