import { expect, test } from 'vitest';
import { scenario } from './scenario';
import { workspaceWithDamage } from './workspaces';

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
