import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Embedding, IndexState, SearchAnswer } from '../../docs/kindred';
import { tools } from '../../src/api/tools/tools';
import { inProject } from '../../src/dev/project';
import { enginesIn } from './engines';
import type { NeighbourAsked } from './neighbour/neighbour';
import { copiedCell, hasPandas, rowsOf } from './pages/python';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';
import { ofEachKind, threeKinds } from './workspaces';

const here = scenario(threeKinds);
const screenshots = inProject('test/editor/.work/screenshots');

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `api-${name}.png`));
}

/** Has the other extension ask something. @param during what happens before it has its answer */
async function ask<T>(asked: NeighbourAsked, during: () => Promise<void> = () => Promise.resolve()): Promise<T> {
  const answer = join(inject('home'), 'answer.json');
  await rm(answer, { force: true });
  await writeFile(join(inject('home'), 'ask.json'), JSON.stringify(asked));
  await here.window.runCommand('Neighbour: Ask Kindred');
  await during();
  let text = '';
  await expect.poll(async () => (text = await readFile(answer, 'utf8').catch(() => ''))).not.toBe('');
  return JSON.parse(text) as T;
}

const tool = (name: string, input: object, during?: () => Promise<void>) =>
  ask<{ text?: string; error?: string }>({ what: 'tool', tool: name, input }, during);

interface Row {
  readonly file: string;
  readonly label: string | null;
  readonly distance: number;
}

const columns = ['file', 'label', 'distance'] as const;

test('in Restricted Mode other extensions and tools are refused, and nothing is started', async () => {
  await here.window.statusBar.item('Kindred').waitFor();
  expect(await ask({ what: 'index' })).toMatchObject({ version: 1, index: { state: 'restricted', sequences: 0 } });
  for (const what of ['search', 'embed'] as const) {
    const refused = await ask<{ error: string }>({ what, file: 'slow/slow_1.npy' });
    expect(refused.error).toMatch(/Restricted Mode/);
  }
  const similar = await tool('kindred_find_similar', { file: 'slow/slow_1.npy' });
  expect(similar.text).toBeUndefined();
  expect(await enginesIn(inject('home'))).toEqual([]);
});

test('another extension searches, embeds, and follows the index', async () => {
  await here.window.trust();
  await here.window.statusBar.item(/46 sequences/).waitFor();
  const { index, states } = await ask<{ index: IndexState; states: readonly IndexState[] }>({ what: 'index' });
  expect(index).toMatchObject({ state: 'ready', sequences: 3 * ofEachKind + 4 });
  expect(states.at(-1)).toEqual(index);
  expect(new Set(states.map((state) => JSON.stringify(state))).size).toBeGreaterThan(1);
  const found = await ask<SearchAnswer>({ what: 'search', file: 'slow/slow_1.npy', options: { top: 3 } });
  expect(found.rows.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  expect(found.query).toMatchObject({ file: 'slow/slow_1.npy', sequence: 1, label: 'slow' });
  const [a, b] = [await embedding('slow/slow_1.npy'), await embedding(found.rows[0]!.file)];
  expect(a).toMatchObject({ isTyped: true, recording: { file: 'slow/slow_1.npy' } });
  const parts = a.channels[0]!.map((value, i) => a.weights[i]! * Math.abs(value - b.channels[0]![i]!));
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(found.rows[0]!.distance, 4);
});

const embedding = (file: string) => ask<Embedding & { isTyped: boolean }>({ what: 'embed', file });

test('it is refused in sentences, and may cancel', async () => {
  const refused = async (asked: NeighbourAsked) => (await ask<{ error: string }>(asked)).error;
  expect(await refused({ what: 'version' })).toMatch(/has version 1/);
  expect(await refused({ what: 'search', file: 'labels.csv' })).toMatch(/labels\.csv cannot be used, because/);
  expect(await refused({ what: 'search', file: 'slow/slow_1.npy', options: { top: -1 } })).toMatch(/does not fit/);
  expect(await refused({ what: 'search', file: 'slow/slow_1.npy', options: { sequence: 9 } })).toMatch(/number 9/);
  expect(await refused({ what: 'cancel', file: 'slow/slow_1.npy' })).toMatch(/cancel/i);
});

test('the tools answer in the editor, where it has language model tools', async (context) => {
  const { tools: offered, mcp } = await ask<{ tools: readonly string[]; mcp: boolean }>({ what: 'tools' });
  console.log(
    `The editor has ${offered.length} tools of Kindred; it has an interface for MCP servers: ${String(mcp)}.`,
  );
  if (offered.length === 0) return context.skip();
  expect([...offered].sort()).toEqual(tools.map(({ name }) => name).sort());
  const similar = await tool('kindred_find_similar', { file: 'slow/slow_1.npy', top: 2 });
  expect(similar.text).toMatch(/^Nearest to "slow\/slow_1\.npy", label "slow": 2 of 42 recordings/);
  const outside = await tool('kindred_find_similar', { file: '/etc/passwd' });
  expect(outside.error).toMatch(/is not in the folder/);
  const labels = await tool('kindred_list_labels', {});
  expect(labels.text).toMatch(/^42 of 46 recordings have a label\./);
});

test('a tool writes a label only when the user agrees in the dialog of the editor', async (context) => {
  const { tools: offered } = await ask<{ tools: readonly string[] }>({ what: 'tools' });
  if (offered.length === 0) return context.skip();
  const label = async () => (await readFile(join(here.folder, 'labels.csv'), 'utf8')).includes('again.npy,twin');
  const asked = { recordings: [{ file: 'steps/again.npy' }], label: 'twin' };
  const dialog = here.window.page.locator('.monaco-dialog-box');
  const press = (button: RegExp) => async () => {
    await dialog.filter({ hasText: 'steps/again.npy' }).waitFor();
    await dialog.getByRole('button', { name: button }).last().click();
  };
  await tool('kindred_set_label', asked, async () => {
    await dialog.filter({ hasText: 'steps/again.npy' }).waitFor();
    await picture('confirmation');
    await here.window.page.keyboard.press('Escape');
  });
  expect(await label()).toBe(false);
  const { text } = await tool('kindred_set_label', asked, press(/yes|ok|continue|allow/i));
  expect(text).toMatch(/^The label "twin" was given to 1 recording/);
  expect(await label()).toBe(true);
});

test('a results panel is copied as a cell that gives the same list', async (context) => {
  const { explorer, results } = here.window;
  await explorer.chooseInContextMenu('slow/slow_2.npy', 'Find Similar Sequences');
  await results.showsMatchesOf('slow_2.npy');
  await results.isUpToDate();
  const cell = await copiedCell(here.window, () => results.choose('Export', 'Copy as Python'));
  await picture('results');
  const matches = await results.matches();
  if (!hasPandas) return context.skip();
  const rows = await rowsOf<Row>(cell, columns);
  expect(rows.map(({ file }) => file)).toEqual(matches.map(({ file }) => file));
  for (const [i, { distance }] of matches.entries()) expect(rows[i]!.distance).toBeCloseTo(distance, 1);
});

test('a map is copied as a cell that gives its recordings', async (context) => {
  const { overview } = here.window;
  await here.window.runCommand('View: Close All Editors');
  await here.window.runCommand('Kindred: Overview');
  await overview.settled('43 sequences');
  const cell = await copiedCell(here.window, () => overview.button('Copy as Python').click());
  for (const [theme, themeClass] of themeClasses) {
    await here.window.useTheme(theme);
    await overview.frame.locator(`body.${themeClass}`).waitFor();
    await picture(`map-${theme}`);
  }
  expect(await overview.accessibilityProblems()).toEqual([]);
  if (!hasPandas) return context.skip();
  const rows = await rowsOf<Row>(cell, columns);
  expect(rows).toHaveLength(43);
  expect(rows[0]!.distance).toBe(0);
});

test('a line of the side bar is copied as a cell that gives its recordings', async (context) => {
  const { sideBar, page } = here.window;
  await sideBar.open();
  const layout = sideBar.line('Index', '43 sequences');
  await layout.locator('.monaco-tl-twistie').click();
  const line = sideBar.line('Index', /fast/);
  const cell = await copiedCell(here.window, async () => {
    await line.click({ button: 'right' });
    const menu = page.locator('.context-view .monaco-menu').first();
    const item = menu.getByRole('menuitem', { name: 'Copy as Python' });
    await item.hover();
    await picture('side-bar');
    await item.click();
  });
  if (!hasPandas) return context.skip();
  const rows = await rowsOf<Row>(cell, columns);
  expect(rows).toHaveLength(ofEachKind - 1);
  expect(new Set(rows.map(({ label }) => label))).toEqual(new Set(['fast']));
});
