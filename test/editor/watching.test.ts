import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);
let sequences = 0;

test('the index is ready', async () => {
  await here.window.trust();
  await here.window.statusBar.item(/\d+ sequences/).waitFor();
  sequences = await shownSequences();
});

test('a file that is added is found', async () => {
  await copyFile(recording('walking/walker1_1.csv'), recording('walking/added.csv'));
  await expect.poll(shownSequences).toBe(sequences + 1);
  expect(await nearestTo('walker1_1.csv')).toEqual({ file: 'walking/added.csv', distance: 0 });
});

test('a file that is changed is read again', async () => {
  await copyFile(recording('walking/walker3_2.csv'), recording('walking/added.csv'));
  await expect
    .poll(() => nearestTo('walker3_2.csv'), { interval: 1000 })
    .toEqual({ file: 'walking/added.csv', distance: 0 });
});

test('a file that is renamed keeps its embedding', async () => {
  const before = await filesEncoded();
  await rename(recording('walking/added.csv'), recording('walking/renamed.csv'));
  await expect
    .poll(() => nearestTo('walker3_2.csv'), { interval: 1000 })
    .toEqual({ file: 'walking/renamed.csv', distance: 0 });
  expect(await shownSequences()).toBe(sequences + 1);
  expect(await filesEncoded()).toBe(before);
});

test('a file that is deleted is forgotten', async () => {
  await rm(recording('walking/renamed.csv'));
  await expect.poll(shownSequences).toBe(sequences);
  expect((await nearestTo('walker3_2.csv')).file).not.toBe('walking/renamed.csv');
});

function recording(path: string): string {
  return join(here.folder, path);
}

async function shownSequences(): Promise<number> {
  const text = await here.window.statusBar.item(/sequences|\d+ of \d+/).innerText();
  return Number(/(\d+) sequences/.exec(text)?.[1]);
}

/** The first match of a recording of the folder `walking`, asked for in the window. */
async function nearestTo(name: string): Promise<{ file: string; distance: number }> {
  const { explorer, results } = here.window;
  await explorer.chooseInContextMenu(`walking/${name}`, 'Find Similar Sequences');
  await results.showsMatchesOf(name);
  const { file, distance } = (await results.matches())[0]!;
  return { file, distance };
}

async function filesEncoded(): Promise<number> {
  const { engine } = await here.window.diagnostics();
  if (typeof engine === 'string') throw new Error(`the engine says nothing of itself: ${engine}`);
  return engine.filesEncoded;
}
