import { expect, inject, test } from 'vitest';
import { enginesIn } from './engines';
import { scenario } from './scenario';
import { repeatedSample } from './workspaces';

const copies = 8;
const here = scenario(repeatedSample(copies));

test('an engine that is killed while it is indexing is started again and finishes, and the user is told once', async () => {
  const { statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/^\W*[1-9]\d* of \d+/).waitFor();
  const [engine] = await enginesIn(inject('home'));
  process.kill(engine!, 'SIGKILL');
  await expect.poll(() => enginesIn(inject('home'))).not.toEqual([engine]);
  // The message goes by itself before a long index is ready.
  await here.window.notifications
    .message(/engine/i)
    .first()
    .waitFor();
  const messages = await here.window.notifications.texts();
  expect(messages.filter((message) => /engine/i.test(message))).toHaveLength(1);
  await statusBar.item(/\d+ sequences/).waitFor();
  const again = await enginesIn(inject('home'));
  expect(again).toHaveLength(1);
  expect(again).not.toEqual([engine]);
});

test('nothing is lost', async () => {
  const { explorer, results, statusBar } = here.window;
  const text = await statusBar.item(/\d+ sequences/).innerText();
  const sequences = Number(/([\d,]+) sequences/.exec(text)?.[1]?.replace(',', ''));
  expect(sequences % copies).toBe(0);
  await explorer.chooseInContextMenu('copy1/ecg/person1_1.hea', 'Find Similar Sequences');
  await results.showsMatchesOf('person1_1.hea');
  expect(await results.count()).toBeGreaterThan(20);
});
