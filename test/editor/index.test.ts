import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { enginesIn } from './engines';
import { scenario } from './scenario';
import { folderSettings, sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);
const sequences = /120 sequences/;

test('the index is ready', async () => {
  await here.window.trust();
  await here.window.statusBar.item(sequences).waitFor();
});

test('no debugger gets into the engine of an installed extension', async () => {
  const [engine = 0] = await enginesIn(inject('home'));
  expect(await readFile(`/proc/${engine}/environ`, 'utf8')).toContain('KINDRED_INSPECT=9239');
  expect(await readFile(`/proc/${engine}/cmdline`, 'utf8')).not.toContain('inspect');
});

test('the menu of the status bar clears the index, and resuming builds it again', async () => {
  const { statusBar } = here.window;
  await choose(/sequences/, 'Clear Index');
  await statusBar.item(/paused/i).waitFor();
  await choose(/paused/i, 'Resume Indexing');
  await statusBar.item(sequences).waitFor();
  expect(await filesEncoded()).toBe(2 * 62);
});

test('rebuilding reads every file again', async () => {
  const { statusBar } = here.window;
  await choose(sequences, 'Rebuild Index');
  await statusBar.item(/\d+ of 62/).waitFor();
  await statusBar.item(sequences).waitFor();
  expect(await filesEncoded()).toBe(3 * 62);
});

test('a setting of the folder changes at once what is indexed', async () => {
  await folderSettings(here.folder, { 'kindred.files.exclude': ['archive/**'] });
  await here.window.statusBar.item(/\b60 sequences/).waitFor();
  await folderSettings(here.folder, {});
  await here.window.statusBar.item(sequences).waitFor();
});

/** Clicks an item of the status bar and chooses from its menu. */
async function choose(item: RegExp, entry: string): Promise<void> {
  const { quickInput, statusBar } = here.window;
  await statusBar.item(item).click();
  await quickInput.choose(entry);
  await quickInput.hidden();
}

async function filesEncoded(): Promise<number> {
  const { engine } = await here.window.diagnostics();
  if (typeof engine === 'string') throw new Error(`the engine says nothing of itself: ${engine}`);
  return engine.filesEncoded;
}
