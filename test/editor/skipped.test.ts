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
  await here.window.tab(/skipped/i).waitFor();
  const text = await here.window.editorText();
  expect(text).toContain('damaged/truncated.wav');
  expect(text).toContain('damaged/wrong.npy');
  expect(text).toContain('onerror=alert(1)');
});

test('damaged files leave the others searchable', async () => {
  const { explorer, results } = here.window;
  await explorer.chooseInContextMenu('ecg/person1_1.hea', 'Find Similar Sequences');
  await results.showsMatchesOf('person1_1.hea');
  expect((await results.matches())[0]?.label).toBe('person1');
});
