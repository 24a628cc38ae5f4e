import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError } from '../../../src/core/files/checkedJson';
import { ownFiles } from '../../../src/dev/packaging/contents';
import { queriesSchema } from '../../../src/dev/queriesSchema';
import { textOf, viewOf } from '../../../src/extension/results/queryFile/queryFile';
import type { View } from '../../../src/extension/results/history';

const folder = '/w/sets';
const name = fc.stringMatching(/^[\p{L}\d:\\ ._-]{0,8}[\p{L}\d]$/u);
const ref = fc.record({
  path: fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => posix.join('/w', ...parts)),
  number: fc.nat(3),
});
const refs = fc.array(ref, { maxLength: 4 });
const view = fc.record({
  query: ref,
  set: fc.record({ queries: refs, more: refs, less: refs, by: fc.constantFrom('nearest' as const, 'mean' as const) }),
  scope: fc.constantFrom('layout' as const, 'all' as const),
  weights: fc.option(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 })),
});

const problemOf = (text: string): { line: number; message: string } => {
  try {
    viewOf(text, folder);
  } catch (error) {
    if (error instanceof JsonError) return { line: error.line, message: error.message };
    throw error;
  }
  throw new Error('it is read');
};

describe.skipIf(process.platform === 'win32')('a file with queries and marks', () => {
  it('gives back the view that was saved, and is the same text however its marks were made', () => {
    fc.assert(
      fc.property(view, (saved) => {
        const text = textOf(saved, folder);
        const read = viewOf(text, folder);
        const { more, less, queries } = saved.set;
        const isAlone = more.length + less.length + queries.length === 0;
        expect(read).toMatchObject({ query: saved.query, scope: saved.scope, weights: saved.weights });
        expect(read.set === undefined).toBe(isAlone);
        if (!isAlone) expect(read.set).toMatchObject({ queries, by: saved.set.by });
        expect(textOf(read, folder)).toBe(isAlone ? text.replace('"mean"', '"nearest"') : text);
        const turned = { ...saved, set: { ...saved.set, more: [...more].reverse(), less: [...less].reverse() } };
        expect(textOf(turned, folder)).toBe(text);
      }),
      { seed: 16 },
    );
  });

  it('is readable, with relative paths and a line for each sequence', () => {
    const saved: View = {
      query: { path: '/w/ecg/p1.csv', number: 0 },
      set: {
        queries: [{ path: '/w/sets/x.tsv', number: 2 }],
        more: [],
        less: [{ path: '/w/b.csv', number: 0 }],
        by: 'mean',
      },
      scope: 'layout',
      weights: [1, 0.5],
    };
    expect(textOf(saved, folder)).toBe(`{
  "version": 1,
  "queries": [
    {"file":"../ecg/p1.csv"},
    {"file":"x.tsv","sequence":3}
  ],
  "notLike": [
    {"file":"../b.csv"}
  ],
  "rankBy": "mean",
  "compare": "layout",
  "weights": [1,0.5]
}
`);
  });

  it('fits the schema that the editor checks it by', () => {
    const fits = new Ajv({ strict: false }).compile(queriesSchema());
    fc.assert(
      fc.property(view, (saved) => {
        expect(fits(JSON.parse(textOf(saved, folder)))).toBe(true);
      }),
      { seed: 16, numRuns: 30 },
    );
    expect(fits({ version: 1, queries: [] })).toBe(false);
    expect(fits({ version: 1, queries: [{ file: '/etc/passwd' }] })).toBe(false);
  });

  it.each([
    ['', 1, 'this is no JSON'],
    ['{\n  "version": 1,\n  "queries": [{ "file": "a" },\n', 4, 'this is no JSON'],
    ['{\n  "version": 2,\n  "queries": [{ "file": "a" }] }', 2, '"version" is 2, but 1 is expected'],
    ['{ "version": 1 }', 1, '"queries"'],
    ['{ "version": 1,\n "queries": [] }', 2, '"queries" is 0'],
    ['{ "version": 1,\n "queries": [{ "file": "a", "at": 3 }] }', 2, '"queries.0.at" is not known'],
    [
      '{ "version": 1,\n "queries": [\n{ "file": "/etc/passwd" }] }',
      3,
      'but a path from the folder of this file is expected',
    ],
    ['{ "version": 1,\n "queries": [{ "file": "\\\\\\\\host\\\\share" }] }', 2, 'but a path from'],
    ['{ "version": 1,\n "queries": [{ "file": "C:/a" }] }', 2, 'but a path from'],
    ['{ "version": 1,\n "queries": [{ "file": "a", "sequence": 0 }] }', 2, '"queries.0.sequence" is 0'],
    ['{ "version": 1, "queries": [{ "file": "a" }],\n "rankBy": "most" }', 2, '"rankBy" is "most"'],
    ['['.repeat(100_000), 1, 'it is nested too deeply'],
  ])('that is damaged, as %j, says where and why', (text, line, reason) => {
    const problem = problemOf(text);
    expect(problem.message).toContain(reason);
    expect(problem.line).toBe(line);
  });

  it('is claimed by the manifest, and the package holds the schema', async () => {
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
      contributes: { jsonValidation: { fileMatch: string; url: string }[]; languages: { id: string }[] };
    };
    expect(manifest.contributes.jsonValidation).toContainEqual({
      fileMatch: '*.kindred',
      url: './dist/queries.schema.json',
    });
    for (const { url } of manifest.contributes.jsonValidation) expect(ownFiles).toContain(url.slice('./'.length));
    expect(manifest.contributes.languages).toContainEqual({ id: 'json', extensions: ['.kindred'] });
  });
});
