import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recording, TestEngine, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let tested: TestEngine;

beforeEach(() => {
  workspace = new TestWorkspace();
  tested = new TestEngine();
});

afterEach(async () => {
  await tested.engine.close();
  workspace.remove();
});

describe('a folder that is taken out of .gitignore', () => {
  it('is scanned, and watched from then on', async () => {
    workspace.write('a.csv', recording(0.1));
    workspace.write('left/out/b.csv', recording(0.2));
    workspace.write('.gitignore', 'left/\n');
    const engine = await tested.open(workspace, {}, true);
    await engine.indexed();
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 1);
    workspace.write('.gitignore', '# nothing any more\n');
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 2);
    await engine.indexed();
    workspace.write('left/out/c.csv', recording(0.3));
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 3);
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual([
      'a.csv',
      'left/out/b.csv',
      'left/out/c.csv',
    ]);
  });
});
