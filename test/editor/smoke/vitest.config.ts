import { defineConfig } from 'vitest/config';
import { inEditor, oneByOne } from '../options';

/** What matters most, in other editors and packages than the rest of the tests has. */
function smoke(name: string) {
  return {
    root: inEditor.root,
    test: { ...inEditor, name, include: ['test/editor/smoke/*.test.ts'], globalSetup: `test/editor/smoke/${name}.ts` },
  };
}

export default defineConfig({
  test: { root: inEditor.root, ...oneByOne, projects: [smoke('oldest'), smoke('universal')] },
});
