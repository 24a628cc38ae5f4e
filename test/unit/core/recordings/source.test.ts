import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultReadOptions, UnreadableError } from '../../../../src/core/recordings/reader';
import { markContent, readFile } from '../../../../src/core/recordings/readFile';
import { asUnreadable, withSource } from '../../../../src/core/recordings/source';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-source-'));
  path = join(folder, 'Recording.CSV');
  writeFileSync(path, 'x'.repeat(100_000));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const reasonOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UnreadableError);
  return (error as Error).message;
};

describe('the bytes of a file', () => {
  it('are read in pieces, at any place, and known by their beginning', async () => {
    await withSource(path, async (source) => {
      expect(source).toMatchObject({ name: 'Recording.CSV', extension: '.csv', size: 100_000 });
      expect(source.head).toHaveLength(65_536);
      const lengths: number[] = [];
      for await (const piece of source.pieces(10, 40_000)) lengths.push(piece.length);
      expect(lengths).toEqual([40_000, 40_000, 19_990]);
      expect(await source.read(99_990, 10)).toHaveLength(10);
    });
  });

  it('end where they ended when the file was opened, however it grows', async () => {
    await withSource(path, async (source) => {
      appendFileSync(path, 'more');
      let length = 0;
      for await (const piece of source.pieces()) length += piece.length;
      expect(length).toBe(100_000);
    });
  });

  it('that a header promises but the file has not are an error before anything is read', async () => {
    const reading = withSource(path, (source) => source.read(0, 2 ** 40));
    expect(await reasonOf(reading)).toMatch(
      /truncated: its header promises at least 1099511627776 bytes, but it has 100000/,
    );
  });

  it('that vanish while they are read are an error', async () => {
    const shrinking = withSource(path, async (source) => {
      truncateSync(path, 10);
      await source.read(source.head.length, 100);
    });
    expect(await reasonOf(shrinking)).toMatch(/became shorter while it was being read/);
    writeFileSync(path, Buffer.alloc(100_000, 'x'));
    const pieces = withSource(path, async (source) => {
      truncateSync(path, 0);
      for await (const piece of source.pieces(source.head.length)) expect(piece).toHaveLength(0);
    });
    expect(await reasonOf(pieces)).toMatch(/became shorter/);
  });
});

describe('a file that cannot be opened', () => {
  it('has a reason that a user understands', async () => {
    const nothing = () => Promise.resolve();
    expect(await reasonOf(withSource(join(folder, 'gone'), nothing))).toMatch(/vanished/);
    expect(await reasonOf(withSource(folder, nothing))).toBe('it is a folder');
    expect(asUnreadable(Object.assign(new Error(), { code: 'EACCES' }))).toMatchObject({
      message: 'you have no permission to read it',
    });
    const other = new Error('a bug');
    expect(asUnreadable(other)).toBe(other);
  });

  it('does not keep the reader waiting when it is a pipe', async (context) => {
    const pipe = join(folder, 'pipe.csv');
    if (spawnSync('mkfifo', [pipe]).status !== 0) context.skip('there is no mkfifo here');
    expect(await reasonOf(readFile(pipe, defaultReadOptions, 16))).toBe('it is not a regular file');
  });
});

describe('the mark of a content', () => {
  it('depends on the bytes and on those of companions, and not on the name', async () => {
    const mark = async (file: string) => (await markContent(file, defaultReadOptions)).hash;
    const copy = join(folder, 'copy.csv');
    writeFileSync(copy, 'x'.repeat(100_000));
    expect(await mark(copy)).toBe(await mark(path));
    appendFileSync(copy, 'y');
    expect(await mark(copy)).not.toBe(await mark(path));

    const header = join(folder, 'r.hea');
    writeFileSync(header, 'r 1 100 64\nr.dat 16 100 16 0 0 0 0 ECG\n');
    const missing = await markContent(header, defaultReadOptions);
    expect(missing.companions).toEqual([join(folder, 'r.dat')]);
    writeFileSync(join(folder, 'r.dat'), Buffer.alloc(128));
    const first = await mark(header);
    writeFileSync(join(folder, 'r.dat'), Buffer.alloc(128, 1));
    expect(new Set([missing.hash, first, await mark(header)]).size).toBe(3);
  });
});
