import { defineConfig } from 'vitest/config';
import { inEditor, oneByOne } from './options';

export default defineConfig({
  test: {
    ...inEditor,
    ...oneByOne,
    include: ['test/editor/**/*.test.ts'],
    exclude: ['test/editor/.work/**', 'test/editor/smoke/**'],
    globalSetup: 'test/editor/setup.ts',
  },
});
