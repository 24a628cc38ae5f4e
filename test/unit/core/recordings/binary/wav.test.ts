import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtures, readBytes, readFile, reasonFor } from './fixtures';
import { wavFile } from './write';

const samples = Buffer.from(Int16Array.of(1, -2, 3, -32768, 32767).buffer);

function reasonOfBytes(bytes: Buffer, options = {}): Promise<string> {
  return reasonFor(readBytes('/x.wav', bytes, options));
}

describe('other encodings are refused by name', () => {
  test.each([
    [2, 'Microsoft ADPCM'],
    [6, 'A-law'],
    [7, 'µ-law'],
    [0x11, 'IMA ADPCM'],
    [0x55, 'MP3'],
    [0x1234, 'format 0x1234'],
  ])('%i', async (tag, name) => {
    expect(await reasonOfBytes(wavFile(samples, { tag, bits: 8 }))).toBe(`its samples are encoded as ${name}`);
  });

  test('inside the extensible form', async () => {
    const bytes = Buffer.from(await fixture('extensible.wav'));
    bytes.writeUInt16LE(6, 44);
    expect(await reasonOfBytes(bytes)).toBe('its samples are encoded as A-law');
    bytes[50] = 1;
    expect(await reasonOfBytes(bytes)).toBe('its samples are of an unknown encoding');
  });
});

async function fixture(name: string): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises');
  return readFile(join(fixtures, name));
}

describe('damage', () => {
  const good = wavFile(samples);

  test.each([
    ['nothing', Buffer.alloc(0), 'it is empty'],
    ['other bytes', Buffer.from('GIF89a and so on'), 'it does not begin like a WAVE file'],
    ['magic alone', good.subarray(0, 4), 'it is truncated before its samples'],
    ['a film', Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'), 'it is a RIFF file, but not of sound'],
    ['big-endian', Buffer.from('RIFX\0\0\0\0WAVEfmt ', 'latin1'), 'it is a big-endian WAVE file (RIFX)'],
    ['no samples', good.subarray(0, 36), 'it has no samples'],
    ['a chunk that is cut', good.subarray(0, 30), 'it is truncated before its samples'],
    ['samples that are cut', good.subarray(0, 50), /truncated: its header promises 10 bytes of samples, but it has 6/],
    ['an honest length of 0', wavFile(Buffer.alloc(0)), 'it holds no samples'],
    ['no channels', wavFile(samples, { channels: 0, blockAlign: 2 }), 'it has no channels'],
    ['a wrong block', wavFile(samples, { channels: 2, blockAlign: 2 }), /numbers of 16 bits in 1 bytes/],
    ['no block', wavFile(samples, { blockAlign: 0 }), /numbers of 16 bits in 0 bytes/],
    ['64-bit whole numbers', wavFile(samples, { bits: 64 }), /whole numbers of 64 bits/],
    ['16-bit floats', wavFile(samples, { tag: 3, bits: 16 }), /floating numbers of 16 bits/],
    ['2 GiB promised', wavFile(samples, { dataLength: 2 ** 31 }), /truncated: its header promises 2147483648 bytes/],
    ['samples first', Buffer.concat([good.subarray(0, 12), good.subarray(36)]), /before the description/],
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOfBytes(bytes)).toMatch(reason);
  });

  test('very many empty chunks', async () => {
    const chunks = Buffer.concat(Array.from({ length: 5000 }, () => Buffer.from('junk\0\0\0\0')));
    expect(await reasonOfBytes(Buffer.concat([good.subarray(0, 12), chunks, good.subarray(12)]))).toBe(
      'it has no samples',
    );
  });

  test('a 64-bit length beyond the file', async () => {
    const bytes = Buffer.from(await fixture('rf64.wav'));
    bytes.writeBigUInt64LE(2n ** 40n, 28);
    expect(await reasonOfBytes(bytes)).toMatch(/truncated: its header promises 1099511627776 bytes/);
  });
});

test('limits of the options', async () => {
  const file = wavFile(samples);
  expect(await reasonOfBytes(file, { maximumSamples: 4 })).toBe('it holds 5 samples, more than the limit of 4');
  expect(await reasonOfBytes(file, { maximumBytes: 50 })).toBe('it has 54 bytes, more than the limit of 50');
});

describe('notes', () => {
  test('a length that the writer left open', async () => {
    for (const name of ['streamed-zero.wav', 'streamed-ff.wav']) {
      expect((await readFile(join(fixtures, name)))[0]?.notes[0]).toMatch(/leaves the length open/);
    }
    expect((await readFile(join(fixtures, 'rf64.wav')))[0]?.notes).toEqual([]);
  });

  test('half a frame at the end', async () => {
    const [sequence] = await readBytes('/x.wav', wavFile(samples, { channels: 2 }));
    expect(sequence?.channels[0]?.values).toHaveLength(2);
    expect(sequence?.notes[0]).toMatch(/^2 bytes at its end/);
  });

  test('no sampling rate', async () => {
    const [sequence] = await readBytes('/x.wav', wavFile(samples, { rate: 0 }));
    expect(sequence?.rate).toBeNull();
    expect(sequence?.notes).toEqual(['its header gives no sampling rate']);
  });
});
