import { describe, expect, it } from 'vitest';
import { recording, testBed } from './workspace';

const bed = testBed();
describe('a folder that is taken out of .gitignore', () => {
  it('is scanned, and watched from then on', async () => {
    bed.workspace.write('a.csv', recording(0.1));
    bed.workspace.write('left/out/b.csv', recording(0.2));
    bed.workspace.write('.gitignore', 'left/\n');
    const engine = await bed.tested.open(bed.workspace, {}, true);
    await engine.indexed();
    await bed.tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 1);
    bed.workspace.write('.gitignore', '# nothing any more\n');
    await bed.tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 2);
    await engine.indexed();
    bed.workspace.write('left/out/c.csv', recording(0.3));
    await bed.tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 3);
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual([
      'a.csv',
      'left/out/b.csv',
      'left/out/c.csv',
    ]);
  });
});
