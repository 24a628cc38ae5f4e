import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

/** Writes a file of queries that is there before the window is: an Explorer that has just been opened may miss new ones. */
async function workspaceWithQueries(folder: string): Promise<void> {
  await sampleWorkspace(folder);
  await writeFile(join(folder, 'one.kindred'), '{ "version": 1, "queries": [{ "file": "walking/walker1_1.csv" }] }');
}

const here = scenario(workspaceWithQueries);
const screenshots = inProject('test/editor/.work/screenshots');

const set = () => here.window.results.frame.locator('.query-set');
const members = (title: 'Like' | 'Not like') => set().getByRole('list', { name: title, exact: true }).locator('li');
const words = () => set().locator('.set-words').innerText();
const distances = async () => (await here.window.results.matches()).map(({ distance }) => distance);

async function pressOn(rank: number, key: string): Promise<void> {
  await here.window.results.row(rank).focus();
  await here.window.page.keyboard.press(key);
}

test('in restricted mode a file of queries says that the folder must be trusted, and a damaged one what is wrong', async () => {
  const { explorer, notifications, statusBar } = here.window;
  await statusBar.item('Kindred').waitFor();
  await (await explorer.reveal('one.kindred')).dblclick();
  await notifications.message(/Trust this workspace to search in it/).waitFor();
  await writeFile(join(here.folder, 'one.kindred'), '{ "version": 1,\n "queries": [] }');
  await (await explorer.reveal('one.kindred')).dblclick();
  await notifications.message(/one\.kindred, line 2 cannot be used/).waitFor();
  await here.window.runCommand('View: Close All Editors');
  await here.window.runCommand('Notifications: Clear All Notifications');
});

test('several selected files get an entry for all of them, and one file that for one', async () => {
  const { explorer, results, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/120 sequences/).waitFor();
  expect((await explorer.contextMenu('walking/walker1_1.csv')).join()).toContain('Find Similar Sequences');
  await (await explorer.reveal('walking/walker1_1.csv')).click();
  await (await explorer.reveal('walking/walker2_1.csv')).click({ modifiers: ['Control'] });
  const entries = (await explorer.contextMenu('walking/walker2_1.csv')).join();
  expect(entries).toContain('Find Similar to All');
  expect(entries).not.toContain('Find Similar Sequences');
  await explorer.chooseInContextMenu('walking/walker2_1.csv', 'Find Similar to All');
  await results.showsMatchesOf(/walker[12]_1.csv/);
  await expect.poll(() => members('Like').count()).toBe(2);
  expect(await results.count()).toBe(10);
  expect(await words()).toBe('The distance of a match is its distance to the nearest of these 2 recordings.');
  const found = await distances();
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(await results.accessibilityProblems()).toEqual([]);
});

test('a folder is searched from with all recordings in it, and a folder without any offers nothing', async () => {
  const { explorer, results } = here.window;
  await explorer.chooseInContextMenu('bearings', 'Find Similar to All Recordings Inside');
  await expect.poll(() => members('Like').count()).toBeGreaterThan(2);
  const all = await members('Like').count();
  await expect.poll(() => results.frame.locator('main').getAttribute('aria-busy')).toBe('false');
  const files = (await readdir(join(here.folder, 'bearings'))).length;
  expect(all).toBe(files);
  await mkdir(join(here.folder, 'empty'));
  await explorer.row('empty').waitFor();
  expect((await explorer.contextMenu('empty')).join()).not.toContain('Find Similar');
});

test('a recording in a .ts file, which the editor takes for TypeScript, is searched from as others', async () => {
  const { explorer, quickInput, results } = here.window;
  await writeFile(join(here.folder, 'archive/code.ts'), 'export const answer = 42;\n');
  await explorer.chooseInContextMenu('archive/ControlCharts.ts', 'Find Similar Sequences');
  await quickInput.entry(/^1/).first().click();
  await results.showsMatchesOf('ControlCharts.ts');
  expect((await explorer.contextMenu('archive/code.ts')).join()).not.toContain('Find Similar');
  await explorer.chooseInContextMenu('walking/walker2_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker2_1.csv');
  await (await explorer.reveal('walking/walker1_1.csv')).click();
  await (await explorer.reveal('walking/walker2_1.csv')).click({ modifiers: ['Control'] });
  await explorer.chooseInContextMenu('walking/walker2_1.csv', 'Find Similar to All');
  await results.showsMatchesOf(/walker[12]_1.csv/);
});

test('the mean ranks instead of the smallest distance, by the mouse and by the keyboard', async () => {
  const { page } = here.window;
  const nearest = await distances();
  await set().getByText('Mean distance').click();
  await expect.poll(words).toBe('The distance of a match is the mean of its distances to these 2 recordings.');
  await expect.poll(distances).not.toEqual(nearest);
  const mean = await distances();
  mean.forEach((distance, i) => {
    expect(distance).toBeGreaterThanOrEqual(nearest[i]! - 1e-6);
  });
  await set().getByRole('radio', { name: 'Mean distance' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(distances).toEqual(nearest);
});

test('a key marks a row as wanted, and takes the mark back', async () => {
  const { results } = here.window;
  const before = await distances();
  await pressOn(4, 'm');
  await expect.poll(() => members('Like').count()).toBe(3);
  await results.row(1).getByRole('img', { name: 'marked: more like this' }).waitFor();
  expect((await distances())[0]).toBe(0);
  await pressOn(1, 'm');
  await expect.poll(() => members('Like').count()).toBe(2);
  await expect.poll(distances).toEqual(before);
});

test('a key and the menu mark rows as unwanted, which moves them back', async () => {
  const { results } = here.window;
  const before = await results.matches();
  await pressOn(1, 'n');
  await expect.poll(() => members('Not like').count()).toBe(1);
  expect(await words()).toContain('half of the difference is added');
  const found = await results.matches();
  const moved = found.find(({ file }) => file === before[0]!.file)!;
  expect(moved.distance).toBeGreaterThan(before[0]!.distance * 1.4);
  await results.row(moved.rank).getByRole('img', { name: 'marked: not like this' }).waitFor();
  await results.chooseInContextMenu(moved.rank, 'Take Back the Mark');
  await expect.poll(() => results.matches()).toEqual(before);
  await results.chooseInContextMenu(2, 'Not Like This');
  await expect.poll(() => members('Not like').count()).toBe(1);
  await results.chooseInContextMenu(1, 'More Like This');
  await expect.poll(() => members('Like').count()).toBe(3);
  expect(await results.accessibilityProblems()).toEqual([]);
});

test('a match is explained against the nearest one that is wanted', async () => {
  const { page, results } = here.window;
  await pressOn(3, 'c');
  await results.comparison.explained();
  await results.frame.locator('.meaning', { hasText: /^Compared with .+, the nearest one that is wanted/ }).waitFor();
  const distance = await results.comparison.distance();
  expect((await results.comparison.parts()).sum).toBeCloseTo(distance, 3);
  await page.keyboard.press('Escape');
  await results.row(1).waitFor();
  await here.window.runCommand('View: Close Editors in Other Groups');
});

test.each(themeClasses)('queries and marks can be told apart in the %s theme', async (theme, className) => {
  const { results } = here.window;
  await here.window.useTheme(theme);
  await results.frame.locator(`body.${className}`).waitFor();
  expect(await results.accessibilityProblems()).toEqual([]);
  await mkdir(screenshots, { recursive: true });
  await results.frame.locator('html').evaluate(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
  });
  await here.window.screenshot(join(screenshots, `several-${theme}.png`));
});

test('the set is there after the window is reloaded, and among the recent searches', async () => {
  const { results, sideBar } = here.window;
  const before = await results.matches();
  await here.window.reload();
  await results.showsMatchesOf(/walker/);
  await results.isUpToDate();
  await expect.poll(() => members('Like').count()).toBe(3);
  await expect.poll(() => results.matches()).toEqual(before);
  await sideBar.open();
  await sideBar.expand('Recent Searches');
  await sideBar.line('Recent Searches', /walker\d_1.csv and 1 more.*2 marks/).waitFor();
  await here.window.explorer.open();
});

test('the set is saved in a file, which opens in the panel again', async () => {
  const { explorer, page, quickInput, results } = here.window;
  const before = await results.matches();
  await results.button('Save as a file').click();
  const path = join(here.folder, 'walkers.kindred');
  await quickInput.shown();
  await expect.poll(() => quickInput.value()).toMatch(/\.kindred$/);
  await quickInput.answerDialog(path);
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('"notLike"');
  const text = await readFile(path, 'utf8');
  expect(text).toContain('{"file":"walking/walker');
  await here.window.runCommand('View: Close All Editors');
  await (await explorer.reveal('walkers.kindred')).dblclick();
  await results.showsMatchesOf(/walker/);
  await expect.poll(() => results.matches()).toEqual(before);
  await expect.poll(() => page.getByRole('tab', { name: /walkers.kindred/ }).count()).toBe(0);
  await here.window.runCommand('View: Close All Editors');
  await explorer.chooseInContextMenu('walkers.kindred', 'Open Queries and Marks');
  await expect.poll(() => members('Not like').count()).toBe(1);
});

test('a damaged file says what is wrong with it and where, and opens as text there', async () => {
  const { explorer, notifications, page } = here.window;
  await writeFile(
    join(here.folder, 'damaged.kindred'),
    '{\n  "version": 1,\n  "queries": [{ "file": "/etc/passwd" }]\n}\n',
  );
  await (await explorer.reveal('damaged.kindred')).dblclick();
  await notifications.message(/damaged\.kindred, line 3 cannot be used: "queries\.0\.file" is .*a path from/).waitFor();
  await here.window.tab('damaged.kindred').waitFor();
  await page.locator('.editor-group-container.active .monaco-editor').waitFor();
  await expect.poll(() => here.window.statusBar.item(/Ln 3/).count()).toBe(1);
  await here.window.runCommand('Notifications: Clear All Notifications');
});

test('one is left out by its button', async () => {
  const { results } = here.window;
  await here.window.tab(/^Similar to/).click();
  await members('Not like')
    .getByRole('button', { name: /Leave out/ })
    .click();
  await expect.poll(() => members('Not like').count()).toBe(0);
  const first = await members('Like').nth(0).locator('.chip-text').innerText();
  await members('Like')
    .nth(0)
    .getByRole('button', { name: /Leave out/ })
    .click();
  await expect.poll(() => members('Like').count()).toBe(2);
  expect(await results.query.innerText()).not.toBe(first);
});

test('selected rows are searched with together, and files of other channels across all layouts', async () => {
  const { explorer, page, results } = here.window;
  await explorer.chooseInContextMenu('tones/violin_1.wav', 'Find Similar Sequences');
  await results.showsMatchesOf('violin_1.wav');
  await set().waitFor({ state: 'hidden' });
  await pressOn(1, 'Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+F');
  await expect.poll(() => members('Like').count()).toBe(2);
  await results.button('Back').click();
  await results.showsMatchesOf('violin_1.wav');
  await set().waitFor({ state: 'hidden' });
  await (await explorer.reveal('tones/violin_1.wav')).click();
  await (await explorer.reveal('walking/walker1_1.csv')).click({ modifiers: ['Control'] });
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar to All');
  await expect.poll(words).toContain('They have different channels');
  await expect.poll(() => results.count()).toBe(118);
});

test('a file of the Explorer that is dropped on the panel with Shift becomes the query', async () => {
  const { explorer, page, results } = here.window;
  const from = (await (await explorer.reveal('walking/walker3_1.csv')).boundingBox())!;
  const to = (await page.locator('iframe.webview.ready').first().boundingBox())!;
  await page.mouse.move(from.x + 60, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + 40, { steps: 4 });
  await page.keyboard.down('Shift');
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
  await page.mouse.move(to.x + to.width / 2 + 8, to.y + to.height / 2, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await results.showsMatchesOf('walker3_1.csv');
});
