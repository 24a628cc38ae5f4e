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
    [0x31, 'GSM 6.10'],
    [0x55, 'MP3'],
    [0x1234, 'format 0x1234'],
    [2, 'Microsoft ADPCM of 8 bits'],
    [0x11, 'IMA ADPCM of 8 bits'],
  ])('%i', async (tag, name) => {
    expect(await reasonOfBytes(wavFile(samples, { tag, bits: 8 }))).toBe(`its samples are encoded as ${name}`);
  });

  test.each([
    [2, 'Microsoft ADPCM', 7],
    [0x11, 'IMA ADPCM', 4],
  ])('blocks that hold nothing: %i', async (tag, name, blockAlign) => {
    expect(await reasonOfBytes(wavFile(samples, { tag, bits: 4, blockAlign }))).toBe(
      `its samples are encoded as ${name} in blocks of ${blockAlign} bytes, which are too short`,
    );
  });

  test('inside the extensible form', async () => {
    const bytes = Buffer.from(await fixture('extensible.wav'));
    bytes.writeUInt16LE(0x50, 44);
    expect(await reasonOfBytes(bytes)).toBe('its samples are encoded as MPEG audio');
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
    ['no samples', good.subarray(0, 36), 'it has no samples'],
    ['a chunk that is cut', good.subarray(0, 30), 'it is truncated before its samples'],
    ['an honest length of 0', wavFile(Buffer.alloc(0)), 'it holds no samples'],
    ['no channels', wavFile(samples, { channels: 0, blockAlign: 2 }), 'it has no channels'],
    ['a wrong block', wavFile(samples, { channels: 2, blockAlign: 2 }), /numbers of 16 bits in 1 bytes/],
    ['48-bit whole numbers', wavFile(samples, { bits: 48 }), /whole numbers of 48 bits in 6 bytes/],
    ['8-bit floats', wavFile(samples, { tag: 3, bits: 8 }), /floating numbers of 8 bits/],
    ['a format of 4 bytes', Buffer.concat([good.subarray(0, 16), Buffer.from([4, 0, 0, 0]), good.subarray(20, 24), good.subarray(36)]), 'its part “fmt” is too short'], // prettier-ignore
    ['no block', wavFile(samples, { blockAlign: 0 }), /numbers of 16 bits in 0 bytes/],
    [
      'samples first',
      Buffer.concat([good.subarray(0, 12), good.subarray(36)]),
      'it does not describe the format of its samples',
    ],
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOfBytes(bytes)).toMatch(reason);
  });

  test('very many empty chunks', async () => {
    const chunks = Buffer.concat(Array.from({ length: 5000 }, () => Buffer.from('junk\0\0\0\0')));
    expect(await reasonOfBytes(Buffer.concat([good.subarray(0, 12), chunks, good.subarray(12)]))).toBe(
      'it has no samples',
    );
  });
});

describe('what is there is read, with a note', () => {
  test.each([
    ['samples that are cut', wavFile(samples).subarray(0, 50), 10, 6],
    ['2 GiB promised', wavFile(samples, { dataLength: 2 ** 31 }), 2 ** 31, 10],
  ])('%s', async (_, bytes, promised, rest) => {
    const [sequence] = await readBytes('/x.wav', bytes);
    expect(sequence?.channels[0]?.values).toEqual(
      Float32Array.from([1, -2, 3, -32768, 32767].slice(0, rest / 2), (value) => value / 2 ** 15),
    );
    expect(sequence?.notes).toEqual([
      `it is truncated: its header promises ${promised} bytes of samples, and the ${rest} that are there were read`,
    ]);
  });

  test('a 64-bit length beyond the file', async () => {
    const bytes = Buffer.from(await fixture('rf64.wav'));
    bytes.writeBigUInt64LE(2n ** 40n, 28);
    expect((await readBytes('/x.wav', bytes))[0]?.notes[0]).toMatch(
      /truncated: its header promises 1099511627776 bytes/,
    );
  });
});

describe('parts of an odd length', () => {
  const good = wavFile(samples);
  const odd = Buffer.from('odd \x03\0\0\0abc', 'latin1');

  test.each([
    ['are followed by padding', Buffer.from([0])],
    ['are followed by other padding', Buffer.from('x')],
    ['lack their padding', Buffer.alloc(0)],
  ])('%s', async (_, padding) => {
    const bytes = Buffer.concat([good.subarray(0, 12), odd, padding, good.subarray(12)]);
    const [sequence] = await readBytes('/x.wav', bytes);
    expect(sequence?.channels[0]?.values).toHaveLength(5);
  });
});

test('a format that comes after the samples', async () => {
  const good = wavFile(samples);
  const [sequence] = await readBytes(
    '/x.wav',
    Buffer.concat([good.subarray(0, 12), good.subarray(36), good.subarray(12, 36)]),
  );
  expect(sequence?.rate).toBe(100);
  expect(sequence?.channels[0]?.values).toHaveLength(5);
});

test('64-bit whole numbers and 16-bit floats', async () => {
  const long = Buffer.from(BigInt64Array.of(2n ** 62n, -(2n ** 63n)).buffer);
  expect((await readBytes('/x.wav', wavFile(long, { bits: 64 })))[0]?.channels[0]?.values).toEqual(
    Float32Array.of(0.5, -1),
  );
  const halves = Buffer.from(Uint16Array.of(0x3c00, 0xb800).buffer);
  expect((await readBytes('/x.wav', wavFile(halves, { tag: 3 })))[0]?.channels[0]?.values).toEqual(
    Float32Array.of(1, -0.5),
  );
});

describe('sounds of NIST', () => {
  const sphere = (...lines: string[]) =>
    Buffer.concat([Buffer.from(['NIST_1A', '   1024', ...lines, 'end_head', ''].join('\n').padEnd(1024)), samples]);

  test('with the fields that must be there', async () => {
    const [sequence] = await readBytes('/x.wav', sphere('sample_rate -i 16000'));
    expect(sequence?.channels[0]?.values).toHaveLength(5);
    expect(sequence?.notes).toEqual([expect.stringMatching(/leaves the length open/)]);
    const [promising] = await readBytes('/x.wav', sphere('sample_count -i 9', 'sample_rate -i 16000'));
    expect(promising?.notes).toEqual([expect.stringMatching(/promises 18 bytes of samples, and the 10/)]);
  });

  test.each([
    [['sample_coding -s26 pcm,embedded-shorten-v2.00'], 'its samples are encoded as “pcm,embedded-shorten-v2.00”'],
    [['channel_count -i 0'], 'it has no channels'],
    [['sample_n_bytes -i 7'], 'its samples are whole numbers of 7 bytes'],
  ])('%j is refused', async (lines, reason) => {
    expect(await reasonOfBytes(sphere(...lines))).toBe(reason);
  });

  test('a cut header is refused', async () => {
    expect(await reasonOfBytes(sphere().subarray(0, 500))).toBe('it is truncated before its samples');
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
