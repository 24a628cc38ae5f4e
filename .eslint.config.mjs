import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importX } from 'eslint-plugin-import-x';

/** @type {Record<string, string[]>} The folders of `src` that a folder may import from, beside itself. */
const mayImport = {
  l10n: ['protocol'],
  distributions: [],
  sequences: [],
  protocol: [],
  files: [],
  labels: ['distributions'],
  encoder: ['distributions', 'sequences'],
  store: ['files', 'distributions', 'sequences'],
  indexer: ['labels', 'encoder', 'store', 'files', 'distributions', 'sequences'],
  search: ['encoder', 'store', 'distributions', 'sequences'],
  encoders: ['encoder', 'files', 'protocol'],
  explanation: ['encoder', 'distributions', 'sequences'],
  exports: ['explanation', 'encoder', 'distributions'],
  engine: [
    ...['indexer', 'search', 'explanation', 'exports', 'encoders', 'encoder', 'store', 'labels', 'files'],
    ...['distributions', 'sequences', 'protocol'],
  ],
  training: ['indexer', 'labels', 'encoder', 'store', 'files', 'distributions', 'sequences'],
  finetune: ['training', 'labels', 'encoder', 'files', 'distributions', 'sequences', 'protocol', 'l10n'],
  host: ['protocol', 'l10n', 'files'],
  sample: ['sequences', 'distributions'],
  cli: ['engine', 'training', 'finetune', 'encoder', 'protocol', 'l10n'],
};

const folders = [...Object.keys(mayImport), 'tools'];

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: [
    ...folders.filter((other) => other !== folder && !allowed.includes(other)).map((other) => `./src/${other}`),
    './webview',
  ],
  message: `${folder} may import from: ${[folder, ...allowed].join(', ')} (see ARCHITECTURE.md).`,
}));

zones.push({
  target: './webview',
  from: folders.filter((folder) => folder !== 'protocol' && folder !== 'l10n').map((folder) => `./src/${folder}`),
  message: 'webview may import from: protocol, l10n (see ARCHITECTURE.md).',
});

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'test/editor/.work/', 'test/fixtures/', '.sample/', '.kindred/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/!(host)/**', 'webview/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'vscode', message: 'Only src/host may import vscode.' }] }],
    },
  },
  { files: ['src/tools/**', 'src/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
