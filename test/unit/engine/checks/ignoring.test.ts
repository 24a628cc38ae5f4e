import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IgnoredFile, IgnoredFileError } from '../../../../src/engine/checks/ignoredFile';
import { Ignoring } from '../../../../src/engine/checks/ignoring';
import { RequestError } from '../../../../src/engine/requestError';
import { checkNames } from '../../../../src/protocol/checks';

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-ignored-'));
  mkdirSync(join(folder, '.kindred'));
  notes = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const opened = () => new Ignoring([{ name: 'test', path: folder }], (text) => notes.push(text));
const file = () => join(folder, '.kindred', 'ignored.csv');
const text = () => readFileSync(file(), 'utf8');
const ref = (name: string, number = 0) => ({ path: join(folder, name), number });

describe('IgnoredFile', () => {
  it('holds what it was given, whatever the names, and no longer what was taken back', () => {
    const path = fc
      .string({ unit: 'binary', minLength: 1 })
      .map((name) => name.replace(/\\/g, '/').replace(/^\.\/+/, 'x'));
    const finding = fc.record({ check: fc.constantFrom(...checkNames), path, number: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 8 }), fc.array(finding, { maxLength: 3 }), (all, some) => {
        const key = (each: { check: string; path: string; number: number }) =>
          JSON.stringify([each.check, each.path, each.number]);
        const after = new IgnoredFile(new IgnoredFile(null).with(all, true));
        expect(new Set(after.findings().map(key))).toEqual(new Set(all.map(key)));
        const left = new IgnoredFile(after.with([...all.slice(0, 2), ...some], false)).findings().map(key);
        const gone = new Set([...all.slice(0, 2), ...some].map(key));
        expect(new Set(left)).toEqual(new Set(all.map(key).filter((each) => !gone.has(each))));
      }),
    );
  });

  it('leaves lines alone that it does not know', () => {
    const given = 'check,path,number,v1\nfuture,a.csv,1,x\n"labels",b.csv,2\nnonsense\n';
    const next = new IgnoredFile(given).with([{ check: 'outliers', path: 'c,"d.csv', number: 0 }], true);
    expect(next).toBe(`${given}outliers,"c,""d.csv",1\n`);
    expect(new IgnoredFile(next).with([{ check: 'labels', path: 'b.csv', number: 1 }], false)).not.toMatch(/labels/);
  });

  it.each(['', 'a,b,c\n', 'check,path,number\n', 'check,path,number,v2\nlabels,a.csv,1\n'])('refuses %j', (given) => {
    expect(() => new IgnoredFile(given)).toThrow(IgnoredFileError);
  });
});

describe('Ignoring', () => {
  it('keeps a finding for good, and forgets it again', async () => {
    await opened().set('outliers', [ref('sub/a.csv'), ref('b.tsv', 3)], true);
    expect(text()).toBe('check,path,number,v1\noutliers,sub/a.csv,1\noutliers,b.tsv,4\n');
    const isIgnored = await opened().current();
    expect(isIgnored('outliers', ref('b.tsv', 3))).toBe(true);
    expect(isIgnored('labels', ref('b.tsv', 3))).toBe(false);
    expect(isIgnored('outliers', ref('b.tsv', 2))).toBe(false);
    await opened().set('outliers', [ref('b.tsv', 3)], false);
    expect((await opened().current())('outliers', ref('b.tsv', 3))).toBe(false);
  });

  it('loses nothing when calls overlap', async () => {
    const ignoring = opened();
    const names = Array.from({ length: 20 }, (_, i) => `r${i}.csv`);
    await Promise.all(names.map((name) => ignoring.set('duplicates', [ref(name)], true)));
    const isIgnored = await ignoring.current();
    expect(names.filter((name) => !isIgnored('duplicates', ref(name)))).toEqual([]);
    await Promise.all([
      ignoring.set('duplicates', [ref('r0.csv')], false),
      ignoring.set('labels', [ref('r0.csv')], true),
    ]);
    const after = await ignoring.current();
    expect([after('duplicates', ref('r0.csv')), after('labels', ref('r0.csv'))]).toEqual([false, true]);
    expect(readdirSync(join(folder, '.kindred'))).toEqual(['ignored.csv']);
  });

  it('loses nothing that somebody else writes meanwhile', async () => {
    const ignoring = opened();
    await ignoring.set('labels', [ref('a.csv')], true);
    writeFileSync(file(), `${text()}groups,theirs.csv,1\n`);
    await ignoring.set('labels', [ref('b.csv')], true);
    expect(text()).toBe('check,path,number,v1\nlabels,a.csv,1\ngroups,theirs.csv,1\nlabels,b.csv,1\n');
  });

  it('writes nothing where nothing was ignored', async () => {
    await opened().set('labels', [ref('a.csv')], false);
    expect(readdirSync(join(folder, '.kindred'))).toEqual([]);
  });

  it('leaves a file as it is that it cannot read, and says so', async () => {
    writeFileSync(file(), 'something else\n');
    await expect(opened().set('labels', [ref('a.csv')], true)).rejects.toThrow(RequestError);
    expect(text()).toBe('something else\n');
    expect((await opened().current())('labels', ref('a.csv'))).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/^\.kindred\/ignored\.csv cannot be used, because its first line/)]);
  });

  it('refuses what is no file, has no end, or is of another folder', async () => {
    mkdirSync(file());
    await expect(opened().set('labels', [ref('a.csv')], true)).rejects.toThrow(/it is a folder/);
    rmSync(file(), { recursive: true });
    symlinkSync('/dev/zero', file());
    await expect(opened().set('labels', [ref('a.csv')], true)).rejects.toThrow(/not a regular file/);
    rmSync(file());
    writeFileSync(file(), Buffer.alloc(17 * 2 ** 20, 'x'));
    await expect(opened().set('labels', [ref('a.csv')], true)).rejects.toThrow(/more than 16 MB/);
    await expect(opened().set('labels', [{ path: '/elsewhere/a.csv', number: 0 }], true)).rejects.toThrow(
      /open workspace/,
    );
  });
});
