import { ESLint, Linter } from 'eslint';
import { importX } from 'eslint-plugin-import-x';
import { resolve } from 'node:path';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

const rule = 'import-x/no-restricted-paths';

/** What lint says of a file of the project that holds nothing but an import. */
async function reported(file: string, imported: string): Promise<readonly string[]> {
  const eslint = new ESLint({ overrideConfigFile: resolve('.eslint.config.mjs') });
  const { settings, rules } = (await eslint.calculateConfigForFile(file)) as Required<Linter.Config>;
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { 'import-x': importX },
    settings,
    rules: { [rule]: rules[rule] },
  } as unknown as Linter.Config;
  return new Linter().verify(`import '${imported}';`, config, resolve(file)).map(({ message }) => message);
}

it.each([
  ['src/core/recordings/sample.ts', '../../engine/requestError', /core knows no process/],
  ['src/core/recordings/sample.ts', '../encoder/blocks', /recordings imports from the floors below it/],
  ['src/core/recordings/sample.ts', '../distributions/random', /recordings imports from the floors below it/],
  ['src/core/files/sample.ts', '../recordings/names', /files imports from the floors below it/],
  ['src/protocol/sample.ts', '../l10n/numbers', /protocol takes only shapes/],
  ['src/l10n/sample.ts', '../core/labels/labelSource', /l10n imports from protocol alone/],
  ['src/api/sample.ts', '../engine/requestError', /api knows no process/],
  ['src/protocol/sample.ts', '../api/head', /protocol takes only shapes/],
  ['src/engine/sample.ts', '../extension/main', /a process imports from core/],
  ['webview/results/sample.ts', '../../src/engine/requestError', /pages import from protocol/],
])('in %s, %s is not to be imported', async (file, imported, message) => {
  expect(await reported(file, imported)).toEqual([expect.stringMatching(message)]);
});

it.each([
  ['src/core/recordings/sample.ts', '../files/readBounded'],
  ['src/core/ranking/sample.ts', '../encoder/blocks'],
  ['src/engine/sample.ts', '../core/recordings/reader'],
  ['webview/results/sample.ts', '../../src/core/drawing/svg'],
])('in %s, %s may be imported', async (file, imported) => {
  expect(await reported(file, imported)).toEqual([]);
});
