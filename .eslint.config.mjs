import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { typedIndex } from './src/dev/typedIndex.mjs';

const pages = './webview';
const processes = ['extension', 'engine', 'tuner', 'cli'].map((room) => `./src/${room}`);
const tools = './src/dev';

/** The floors of `src/core`, the lowest last: a room imports from floors below its own, and from no neighbour. */
const floors = [
  ['index', 'ranking', 'training', 'models'],
  ['encoder', 'labels'],
  ['distributions', 'recordings', 'drawing'],
  ['files'],
];

/** @param {string} target @param {string[]} from @param {string} message */
const wall = (target, from, message) => ({ target, from, message: `${message} (see ARCHITECTURE.md).` });

const walls = [
  wall(
    './src/core',
    [...processes, tools, pages, './src/protocol', './src/l10n', './src/api'],
    'core knows no process and no message',
  ),
  wall(
    './src/protocol',
    [...processes, tools, pages, './src/l10n', './src/api'],
    'protocol takes only shapes of data from core',
  ),
  wall('./src/l10n', [...processes, tools, pages, './src/core', './src/api'], 'l10n imports from protocol alone'),
  wall(pages, [...processes, tools, './src/api'], 'pages import from protocol, l10n and core/drawing alone'),
  {
    ...wall(pages, ['./src/core'], 'pages import from protocol, l10n and core/drawing alone'),
    except: ['./drawing'],
  },
  ...processes.map((room) =>
    wall(
      room,
      [tools, pages, ...(room === './src/cli' ? [] : processes.filter((other) => other !== room))],
      'a process imports from core, protocol, l10n and api; only cli and dev import a process',
    ),
  ),
  wall('./src/api', [...processes, tools, pages], 'api knows no process'),
  wall('./src/cli', ['./src/extension'], 'cli works without an editor'),
  ...floors.flatMap((floor, height) =>
    floor.map((room) =>
      wall(
        `./src/core/${room}`,
        [...floors.slice(0, height).flat(), ...floor.filter((other) => other !== room)].map(
          (other) => `./src/core/${other}`,
        ),
        `${room} imports from the floors below it`,
      ),
    ),
  ),
];

const onlyExtension = { name: 'vscode', message: 'Only src/extension may import vscode.' };
const onlyToolkit = {
  name: '@vscode/webview-ui-toolkit',
  message: 'Only webview/shared/toolkit.ts may import the toolkit.',
};

/** @param {number} max */
const linesPerFunction = (max) => ({ max, skipBlankLines: true, skipComments: true });

export default defineConfig(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'src/assembly/',
      'test/editor/.work/',
      'test/fixtures/',
      '.sample/',
      '.kindred/',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    // Without it imports of TypeScript lead nowhere, and no wall stands.
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js', '.json'] })] },
    plugins: { 'import-x': importX, kindred: { rules: { 'typed-index': typedIndex } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: walls, basePath: import.meta.dirname }],
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            ...['onnxruntime-node', 'onnxruntime-web'].map((name) => ({
              name,
              allowTypeImports: true,
              message: 'It would send telemetry, or start threads: use src/core/encoder/onnx/runtime.',
            })),
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/!(extension)/**', 'webview/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [onlyExtension] }],
    },
  },
  {
    files: ['src/**'],
    rules: { 'max-lines-per-function': ['error', linesPerFunction(50)], 'kindred/typed-index': 'error' },
  },
  {
    files: ['src/core/**', 'src/engine/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(CallExpression, NewExpression) > SpreadElement',
          message: 'A call takes no more than some ten thousand arguments: use largest, smallest or a loop.',
        },
      ],
    },
  },
  {
    files: ['webview/**'],
    rules: {
      'max-lines-per-function': ['error', linesPerFunction(50)],
      'kindred/typed-index': 'error',
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Names from files are hostile: build nodes instead (see SECURITY.md).',
        })),
      ],
    },
  },
  {
    files: ['webview/**'],
    ignores: ['webview/shared/toolkit.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [onlyExtension, onlyToolkit] }] },
  },
  { files: ['src/dev/**', 'src/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
