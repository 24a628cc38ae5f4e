import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, read, readAs } from './read';
import { expectUnpacked } from './sound';

const folder = fixturesOf('vorbis');
const files = readdirSync(folder).filter((file) => /^(mono|stereo).*\.ogg$/.test(file));
const stereo = readFileSync(join(folder, 'stereo-22050.ogg'));
const pageHeader = 27;
/** The reference decoder rounds to 16 bits. */
const tolerance = 1 / 2 ** 15;

describe('Ogg Vorbis files', () => {
  test.each(files)('hold what the reference decoder unpacks: %s', async (file) => {
    await expectUnpacked(join(folder, file), tolerance);
  });
});

describe('an Ogg file is refused, because', () => {
  it('it is none', () => expect(readAs('x.ogg', 'RIFF....')).rejects.toThrow('it does not begin like an Ogg file'));
  it('it holds Opus', () =>
    expect(read(join(folder, 'opus.ogg'))).rejects.toThrow('it holds Opus sound, which is not read'));
  it('it is cut off', () =>
    expect(readAs('x.ogg', stereo.subarray(0, -10))).rejects.toThrow('it is truncated: its last page is not complete'));
  it('a bit of it is wrong', async () => {
    const bytes = Buffer.from(stereo);
    bytes[bytes.length - 50]! ^= 16;
    await expect(readAs('x.ogg', bytes)).rejects.toThrow('it is damaged: a check sum does not fit');
  });
  it('something else follows', () =>
    expect(readAs('x.ogg', Buffer.concat([stereo, Buffer.alloc(40)]))).rejects.toThrow(
      'it is damaged: a page is not where it should be',
    ));
  it('it holds several streams', async () => {
    const other = Buffer.from(stereo);
    withCheckSums(other, (page) => page.writeUInt32LE(99, 14));
    await expect(readAs('x.ogg', Buffer.concat([stereo, other]))).rejects.toThrow('it holds several streams');
  });
  it('it holds no Vorbis', async () => {
    const other = Buffer.from(stereo);
    other[pageHeader + 2] = 0;
    await expect(readAs('x.ogg', withCheckSums(other))).rejects.toThrow('it holds no Vorbis sound');
  });
  it('it holds too much', () =>
    expect(readAs('x.ogg', stereo, { maximumSamples: 1000 })).rejects.toThrow(/samples, more than the limit of 1000/));
});

/** Gives every page the check sum that fits, bit by bit as RFC 3533 describes it. */
function withCheckSums(file: Buffer, change: (page: Buffer) => void = () => undefined): Buffer {
  for (let at = file.indexOf('OggS'); at >= 0; at = file.indexOf('OggS', at + 1)) {
    if (at + pageHeader > file.length) break;
    const table = file.subarray(at + pageHeader, at + pageHeader + file.readUInt8(at + 26));
    const page = file.subarray(at, at + pageHeader + table.length + table.reduce((sum, length) => sum + length, 0));
    change(page);
    page.writeUInt32LE(0, 22);
    let sum = 0;
    for (const byte of page) {
      sum ^= byte << 24;
      for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0);
    }
    page.writeUInt32LE(sum >>> 0, 22);
  }
  return file;
}

it('any damage ends well', async () => {
  const originals = files.map((file) => readFileSync(join(folder, file)));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...originals), damages, fc.boolean(), async (bytes, damage, repair) => {
      const file = damaged(bytes, damage);
      // Most damage ends at a check sum; with those that fit, it reaches the library.
      const given = repair ? withCheckSums(file) : file;
      await endsWell(readAs('x.ogg', given, { maximumSamples: 100_000 }), 100_000);
    }),
    { seed: 42, numRuns: 300 },
  );
}, 120_000);
