import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { inProject } from '../../../../src/dev/project';
import { corpusFolders, corpusOf } from '../../../../src/dev/torture/fuzz/corpus';
import { fuzzReaders } from '../../../../src/dev/torture/fuzz/fuzz';
import { fuzzCase } from '../../../../src/dev/torture/fuzz/fuzzCase';
import { mutated } from '../../../../src/dev/torture/fuzz/mutate';
import { readingOf } from '../../../../src/dev/torture/fuzz/verdict';

const found = inProject('test/fixtures/found');
const ours = corpusFolders().filter((folder) => folder.startsWith(inProject('test')));

describe('files that once broke something', () => {
  test.each(readdirSync(found))('are read or refused: %s', async (name) => {
    const { fault } = await readingOf(join(found, name), true);
    expect(fault).toBeNull();
  });
});

describe('fuzzing', () => {
  it('finds nothing among a few hundred cases of every kind of file', async () => {
    const { findings, cases, refused } = await fuzzReaders({ seed: 7, from: 0, cases: 400, folders: ours });
    expect(findings).toEqual([]);
    expect(cases).toBe(400);
    expect(refused).toBeGreaterThan(0);
  });

  it('makes the same case of a number every time', () => {
    const corpus = corpusOf([found]);
    const cases = [1, 2, 3].map((number) => fuzzCase(corpus, 1, number));
    expect([1, 2, 3].map((number) => fuzzCase(corpus, 1, number))).toEqual(cases);
    expect(fuzzCase(corpus, 2, 1)).not.toEqual(cases[0]);
  });

  it('changes files, and never makes them endless', () => {
    const random = randomOf(1, 'mutations');
    const bytes = Buffer.from('x,y\n1,2\n3,4\n'.repeat(20));
    const all = Array.from({ length: 200 }, () => mutated(bytes, Buffer.from('other'), random));
    expect(all.filter((one) => !one.equals(bytes)).length).toBeGreaterThan(150);
    expect(all.every(({ length }) => length <= 1 << 20)).toBe(true);
    expect(bytes.toString()).toBe('x,y\n1,2\n3,4\n'.repeat(20));
  });
});
