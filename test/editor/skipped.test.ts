import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { workspaceWithDamage, workspaceWithLimits } from './workspaces';

describe('damaged files', () => {
  const here = scenario(workspaceWithDamage);

  test('files that cannot be read are listed with their reasons', async () => {
    const { quickInput, statusBar } = here.window;
    await here.window.trust();
    await statusBar.item(/\d+ sequences/).waitFor();
    await statusBar.item(/\d+ sequences/).click();
    await quickInput.entry('Skipped Files').click();
    await quickInput.entry('damaged/truncated.wav').waitFor();
    const entries = (await quickInput.entries()).join('\n');
    expect(entries).toMatch(/damaged\/truncated\.wav\s+Skipped, because it is truncated/);
    expect(entries).toMatch(/damaged\/wrong\.npy\s+Skipped, because /);
    expect(entries).toContain('onerror=alert(1)');
    await quickInput.dismiss();
  });

  test('damaged files leave the others searchable', async () => {
    const { explorer, results } = here.window;
    await explorer.chooseInContextMenu('ecg/person1_1.hea', 'Find Similar Sequences');
    await results.showsMatchesOf('person1_1.hea');
    expect((await results.matches())[0]?.label).toBe('person1');
  });
});

describe('what is skipped', () => {
  const here = scenario(workspaceWithLimits);

  test('is counted by files and sequences, and listed by reason and file', async () => {
    const { quickInput, statusBar } = here.window;
    await here.window.trust();
    await statusBar.item(/4 sequences/).waitFor();
    await statusBar.item(/4 sequences/).click();
    await quickInput.entry('Skipped Files').filter({ hasText: '1 file and 2 sequences skipped' }).click();
    await quickInput.entry('large.csv').waitFor();
    const entries = (await quickInput.entries()).join('\n');
    expect(entries).toMatch(/large\.csv\s+Skipped, because it has 2 MB, and the limit is 1 MB/);
    expect(entries).toMatch(/Some\.ts \(2 sequences: 2, 4\)\s+Skipped, because it has only … time steps/);
    await here.window.screenshot(join(inProject('test/editor/.work/screenshots'), 'skipped.png'));
  });

  test('is read once the limit is raised from the list', async () => {
    const { quickInput, statusBar } = here.window;
    await quickInput.entry('Raise the limit to 3 MB').waitFor();
    await quickInput.entry('Raise the limit to 3 MB').click();
    await statusBar.item(/5 sequences/).waitFor();
  });
});
