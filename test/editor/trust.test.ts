import { expect, inject, test } from 'vitest';
import { enginesIn } from './engines';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);

test('in a folder that is not trusted nothing is read, and the user is told why', async () => {
  const { statusBar, explorer, notifications } = here.window;
  await statusBar.item('Kindred').waitFor();
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await notifications.message(/trust/i).first().waitFor();
  expect(await enginesIn(inject('home'))).toEqual([]);
});

test('in a folder that is not trusted nobody sees how a file is read, and the user is told why', async () => {
  const { explorer, notifications } = here.window;
  await here.window.runCommand('Notifications: Clear All Notifications');
  await notifications.message(/trust/i).first().waitFor({ state: 'hidden' });
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'How Is This File Read?');
  await notifications.message(/trust/i).first().waitFor();
  expect(await enginesIn(inject('home'))).toEqual([]);
});

test('in a folder that is not trusted encoders are neither listed nor imported, and the user is told why', async () => {
  const { notifications } = here.window;
  await here.window.runCommand('Notifications: Clear All Notifications');
  await notifications.message(/trust/i).first().waitFor({ state: 'hidden' });
  await here.window.runCommand('Kindred: Choose Encoder');
  await notifications.message(/trust/i).first().waitFor();
  expect(await enginesIn(inject('home'))).toEqual([]);
});

test('once the folder is trusted, the index is built', async () => {
  const { statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/\d+ sequences/).waitFor();
  expect(await enginesIn(inject('home'))).toHaveLength(1);
});
