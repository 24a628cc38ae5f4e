import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { themeColours, themeClasses } from './pages/window';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);
const screenshots = inProject('test/editor/.work/screenshots');

const colourOf = (node: Element) => getComputedStyle(node).color;

test('matches are shown', async () => {
  const { explorer, results, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/120 sequences/).waitFor();
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
  await expect.poll(() => results.drawnPlots()).toBeGreaterThan(3);
});

test.each(themeClasses)('the panel takes the colours of the %s theme', async (theme, className) => {
  const { results } = here.window;
  await here.window.useTheme(theme);
  await results.frame.locator(`body.${className}`).waitFor();
  await expect.poll(() => results.colours()).toEqual(themeColours[theme]);
  expect(await results.row(1).locator('.recording .name .file').evaluate(colourOf)).toBe(themeColours[theme].text);
  // For people: whether it looks right, no test can tell.
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `${theme}.png`));
});

test.each([360, 700, 2000])('nothing in the list is cut off in a window of %i pixels', async (width) => {
  const { page, results } = here.window;
  await here.window.runCommand('View: Toggle Primary Side Bar Visibility');
  await page.setViewportSize({ width, height: 900 });
  const cutOff = () =>
    results.frame.locator('html').evaluate((html) => {
      const beyond = [...html.querySelectorAll('.rows > .row')].flatMap((row) => {
        const { bottom, right } = row.getBoundingClientRect();
        return [...row.querySelectorAll('.facts, .row-meaning, .label-cell, .plot-canvas')]
          .map((part) => part.getBoundingClientRect())
          .filter((part) => part.bottom > bottom || part.right > right);
      });
      return html.scrollWidth - html.clientWidth + beyond.length;
    });
  await expect.poll(cutOff).toBe(0);
  await here.window.screenshot(join(screenshots, `list-${width}.png`));
  await page.setViewportSize({ width: 1400, height: 900 });
  await here.window.runCommand('View: Toggle Primary Side Bar Visibility');
});

test('text filters at once', async () => {
  const { results } = here.window;
  await results.filter.fill('walker2');
  await expect.poll(async () => (await results.matches()).every(({ file }) => file.includes('walker2'))).toBe(true);
  expect(await results.frame.locator('h2 .count').innerText()).toMatch(/^\d of 11$/);
  await results.filter.fill('');
  await expect.poll(() => results.count()).toBe(11);
});

test('a glob filters by path', async () => {
  const { page, results } = here.window;
  await results.button('Filters').click();
  await results.frame.getByRole('textbox', { name: 'Path' }).fill('*_1.csv');
  await expect.poll(async () => (await results.matches()).every(({ file }) => file.endsWith('_1.csv'))).toBe(true);
  expect(await results.accessibilityProblems()).toEqual([]);
  await page.keyboard.press('Escape');
  await results.button('Clear all').click();
});

test('a column sorts, and the other way round when it is chosen again', async () => {
  const { page, results } = here.window;
  // The heads of the columns are shown where they have the room.
  await page.setViewportSize({ width: 2800, height: 900 });
  const names = async () => (await results.matches()).map(({ file }) => file);
  await results.button('Recording').click();
  await expect.poll(names).toEqual([...(await names())].sort());
  await results.button('Recording').click();
  await expect.poll(async () => (await names()).join()).toBe([...(await names())].sort().reverse().join());
  await results.button('Distance').click();
  await expect.poll(async () => (await results.matches())[0]?.rank).toBe(1);
  expect(await results.accessibilityProblems()).toEqual([]);
  await page.setViewportSize({ width: 1400, height: 900 });
});

test('the ranking follows the channels that are chosen', async () => {
  const { page, results } = here.window;
  const distances = async () => new Map((await results.matches()).map(({ file, distance }) => [file, distance]));
  const before = await distances();
  await results.button('Channels').click();
  const boxes = results.frame.locator('.channel-row').getByRole('checkbox');
  expect(await boxes.count()).toBeGreaterThan(1);
  await boxes.first().uncheck();
  await expect.poll(distances).not.toEqual(before);
  const ranked = [...(await distances()).values()];
  expect(ranked).toEqual([...ranked].sort((a, b) => a - b));
  expect(await results.accessibilityProblems()).toEqual([]);
  await results.button('All alike').click();
  await expect.poll(distances).toEqual(before);
  await page.keyboard.press('Escape');
});

test('the context menu of a row searches from it', async () => {
  const { results } = here.window;
  const next = nameOf((await results.matches())[1]!.file);
  await results.chooseInContextMenu(2, 'Find Similar to This');
  await results.showsMatchesOf(next);
  await results.button('Back').click();
  await results.showsMatchesOf('walker1_1.csv');
});

test('the paths of selected matches are copied by key', async () => {
  const { page, results } = here.window;
  const files = (await results.matches()).slice(0, 2).map(({ file }) => file);
  await results.row(1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+c');
  const expected = files.map((file) => `${here.folder}/${file}`).join('\n');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(expected);
  await page.keyboard.press('Escape');
});

test('a label is set on selected matches by key, after a question, and taken back', async () => {
  const { page, quickInput, results } = here.window;
  const labelsFile = join(here.folder, 'labels.csv');
  const lines = (await readFile(labelsFile, 'utf8')).split('\n');
  const files = (await results.matches()).slice(0, 2).map(({ file }) => file);
  expect(lines.filter((line) => files.includes(pathOf(line)))).toHaveLength(2);
  await results.row(1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await results.selection.filter({ hasText: '2 selected' }).waitFor();
  // What is selected counts, wherever the focus is.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('l');
  await quickInput.shown();
  await quickInput.type('limping');
  await page.keyboard.press('Enter');
  await quickInput.hidden();
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.filter({ hasText: 'Replace the labels of 2 sequences?' }).waitFor();
  await dialog.getByRole('button', { name: 'Replace' }).click();
  const expected = lines.map((line) => (files.includes(pathOf(line)) ? `${pathOf(line)},limping` : line));
  await expect.poll(() => readFile(labelsFile, 'utf8')).toBe(expected.join('\n'));
  const labelled = async () => (await results.matches()).filter(({ label }) => label === 'limping');
  await expect.poll(async () => (await labelled()).map(({ file }) => file)).toEqual(files);
  // The editor learns from the page which row has the focus, and ignores the key until then.
  const undone = async () => {
    await results.row(1).focus();
    await page.keyboard.press('Control+z');
    return readFile(labelsFile, 'utf8');
  };
  await expect.poll(undone, { interval: 1000 }).toBe(lines.join('\n'));
  await expect.poll(async () => (await labelled()).length).toBe(0);
});

test('the context menu of a row sets its label', async () => {
  const { quickInput, results } = here.window;
  const file = (await results.matches())[2]!.file;
  await quickInput.typeAfter(() => results.chooseInContextMenu(3, 'Set Label...'), 'limping');
  await here.window.page.keyboard.press('Enter');
  await quickInput.hidden();
  await expect
    .poll(async () => (await readFile(join(here.folder, 'labels.csv'), 'utf8')).split('\n'))
    .toContain(`${file},limping`);
});

test('a pinned tab keeps its results, and both tabs are back after the window is reloaded', async () => {
  const { explorer, results } = here.window;
  await results.button('Pin').click();
  await here.window.tab('Pinned: similar to walker1_1.csv').waitFor();
  await explorer.chooseInContextMenu('walking/walker3_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker3_1.csv');
  await here.window.reload();
  await results.showsMatchesOf('walker3_1.csv');
  await here.window.tab('Pinned: similar to walker1_1.csv').click();
  await results.showsMatchesOf('walker1_1.csv');
  await here.window.runCommand('View: Close Editor');
  await results.showsMatchesOf('walker3_1.csv');
});

test('the history outlasts the tab', async () => {
  const { explorer, results } = here.window;
  await here.window.runCommand('View: Close All Editors');
  await explorer.chooseInContextMenu('tones/violin_1.wav', 'Find Similar Sequences');
  await results.showsMatchesOf('violin_1.wav');
  await results.button('Back').click();
  await results.showsMatchesOf('walker3_1.csv');
});

test('nothing in the panel is inaccessible', async () => {
  expect(await here.window.results.accessibilityProblems()).toEqual([]);
});

test('the side bar tells what the index holds and what was searched', async () => {
  const { results, sideBar } = here.window;
  await sideBar.open();
  await sideBar.line('Index', /\d+ sequences/).waitFor();
  await sideBar.expand('Recent Searches');
  await sideBar.line('Recent Searches', 'violin_1.wav').click();
  await results.showsMatchesOf('violin_1.wav');
  await sideBar.expand('Encoders');
  await sideBar.line('Encoders', 'in use').waitFor();
});

test('a label in the side bar lists its recordings, of which one opens', async () => {
  const { quickInput, recording, sideBar } = here.window;
  await sideBar.line('Index', 'ax, ay, az').click();
  await quickInput.typeAfter(() => sideBar.line('Index', 'walker4').click(), 'walker4_2');
  await quickInput.choose('walking/walker4_2.csv');
  await recording.shows('walker4_2.csv');
});

test('the walkthrough has six steps', async () => {
  const { page } = here.window;
  await here.window.runCommand('Welcome: Open Walkthrough...');
  await here.window.quickInput.type('Get Started with Kindred');
  await here.window.quickInput.choose('Get Started with Kindred');
  await expect.poll(() => page.locator('.getting-started-step').count()).toBe(6);
  const curve = page
    .locator('.getting-started-media')
    .frameLocator('iframe')
    .frameLocator('iframe')
    .locator('svg path');
  expect(await curve.first().evaluate((path) => getComputedStyle(path).stroke)).toMatch(/^rgb/);
});

/** The path of a line of the sample's `labels.csv`. */
function pathOf(line: string): string {
  return line.slice(0, line.indexOf(','));
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}
