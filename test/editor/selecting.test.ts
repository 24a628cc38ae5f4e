import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);
const screenshots = inProject('test/editor/.work/screenshots');

/** The files of the first matches, without their folders. */
async function names(count: number): Promise<string[]> {
  return (await here.window.results.matches()).slice(0, count).map(({ file }) => file.split('/').at(-1)!);
}

/** Selects the first two rows by key, and goes on to the third. */
async function selectTwo(): Promise<void> {
  const { page, results } = here.window;
  await results.row(1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowDown');
  await results.selection.filter({ hasText: '2 selected' }).waitFor();
}

test('a key compares the selected matches although the focus is on another', async () => {
  const { comparison } = here.window.results;
  const { explorer, page, results, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/120 sequences/).waitFor();
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
  const selected = await names(2);
  await selectTwo();
  await page.keyboard.press('c');
  await comparison.node.waitFor();
  await expect.poll(async () => (await comparison.chips.allInnerTexts()).join(' ')).toContain(selected[0]);
  expect(await comparison.chips.count()).toBe(2);
  await page.keyboard.press('Escape');
  await results.row(1).waitFor();
});

test('the menu of a row outside of the selection is about that row, and the row says so', async () => {
  const { comparison } = here.window.results;
  const { page, results } = here.window;
  const fourth = (await names(4))[3]!;
  await results.selection.filter({ hasText: '2 selected' }).waitFor();
  await results.row(4).locator('.facts').click({ button: 'right' });
  const menu = page.locator('.context-view .monaco-menu').first();
  await menu.getByRole('menuitem', { name: 'Reveal in Explorer' }).waitFor();
  const outline = () => results.row(4).evaluate((row) => getComputedStyle(row).outlineStyle);
  await expect.poll(outline).toBe('solid');
  expect(await results.frame.locator('.row.asked').count()).toBe(1);
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, 'menu-outside.png'));
  const compare = menu.getByRole('menuitem', { name: 'Compare Side by Side' });
  await compare.hover();
  await compare.click();
  await comparison.title.filter({ hasText: fourth }).waitFor();
  await page.keyboard.press('Escape');
  await results.row(4).waitFor();
  expect(await results.frame.locator('.row.asked').count()).toBe(0);
});

test('the menu of a selected row is about the selection', async () => {
  const { page, results } = here.window;
  await selectTwo();
  await results.chooseInContextMenu(2, 'Copy Paths');
  await expect.poll(async () => (await page.evaluate(() => navigator.clipboard.readText())).split('\n').length).toBe(2);
  expect(await results.frame.locator('.row.asked').count()).toBe(0);
});

test('a key excludes the selected matches although the focus is on another', async () => {
  const { page, results } = here.window;
  const [first, second, third] = await names(3);
  await page.keyboard.press('Escape');
  await selectTwo();
  await page.keyboard.press('Delete');
  await expect.poll(() => results.conditions()).toEqual(['2 excluded']);
  expect(await names(1)).toEqual([third]);
  await results.button('Clear all').click();
  await expect.poll(() => names(2)).toEqual([first, second]);
});

test('what is too much for a key is refused in a sentence', async () => {
  const { page, results } = here.window;
  await results.row(1).focus();
  await page.keyboard.press('Control+a');
  await results.selection.filter({ hasText: '11 selected' }).waitFor();
  await page.keyboard.press('c');
  const refusal = results.frame.getByText('At most 8 recordings can be opened or compared together. Select fewer.');
  await refusal.waitFor();
  expect(await results.comparison.node.isVisible()).toBe(false);
  await results.button('Dismiss').click();
  await refusal.waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
});
