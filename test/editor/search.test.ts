import { expect, test } from 'vitest';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);

test('the index is ready after trusting the folder', async () => {
  await here.window.trust();
  await here.window.statusBar.item(/\d+ sequences/).waitFor();
});

test('the context menu opens the panel with the other recordings of the layout, nearest first', async () => {
  const { explorer, results } = here.window;
  await explorer.chooseInContextMenu('tones/violin_1.wav', 'Find Similar Sequences');
  await results.showsMatchesOf('violin_1.wav');
  const matches = await results.matches();
  expect(matches).toHaveLength(11);
  expect(matches.map(({ rank }) => rank)).toEqual(matches.map((_, index) => index + 1));
  const distances = matches.map(({ distance }) => distance);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  expect(distances[0]).toBeGreaterThan(0);
  expect(matches.map(({ file }) => file)).not.toContain('tones/violin_1.wav');
});

test('every row in sight draws its recording', async () => {
  await expect.poll(() => here.window.results.drawnPlots()).toBeGreaterThan(3);
});

test('a click opens the match', async () => {
  const { results } = here.window;
  const { file } = (await results.matches())[0]!;
  await results.clickMatch(1);
  await here.window.tab(nameOf(file)).waitFor();
  await here.window.runCommand('View: Close Editor');
});

test('the button on a row makes it the query; back and forward walk through the queries', async () => {
  const { results } = here.window;
  const next = nameOf((await results.matches())[0]!.file);
  await results.searchFrom(1);
  await results.showsMatchesOf(next);
  await results.button('Back').click();
  await results.showsMatchesOf('violin_1.wav');
  await results.button('Forward').click();
  await results.showsMatchesOf(next);
});

test('all layouts ranks recordings of every kind', async () => {
  const { results } = here.window;
  await here.window.explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
  expect((await results.matches()).every(({ file }) => file.startsWith('walking/'))).toBe(true);
  await results.chooseScope('All layouts');
  await expect.poll(() => results.count()).toBe(119);
  await results.chooseScope('This layout');
  await expect.poll(() => results.count()).toBe(11);
  await expect.poll(async () => (await results.matches()).every(({ file }) => file.startsWith('walking/'))).toBe(true);
});

test('the panel is as it was after another tab has hidden it', async () => {
  const { results } = here.window;
  await results.chooseScope('All layouts');
  await expect.poll(() => results.count()).toBe(119);
  const before = await results.matches();
  await here.window.runCommand('Kindred: Show Diagnostics');
  await results.frame.locator('main').waitFor({ state: 'hidden' });
  await here.window.runCommand('View: Close Editor');
  await results.showsMatchesOf('walker1_1.csv');
  expect(await results.matches()).toEqual(before);
  await results.chooseScope('This layout');
  await expect.poll(() => results.count()).toBe(11);
});

test('the title bar of an editor offers the search', async () => {
  const { explorer, results } = here.window;
  await (await explorer.reveal('walking/walker2_1.csv')).click();
  await here.window.tab('walker2_1.csv').waitFor();
  await here.window.titleAction('Find Similar Sequences').click();
  await results.showsMatchesOf('walker2_1.csv');
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
});

test('the panel is back after the window is reloaded', async () => {
  const { results } = here.window;
  const before = await results.matches();
  await here.window.reload();
  await results.showsMatchesOf('walker1_1.csv');
  await results.isUpToDate();
  expect(await results.matches()).toEqual(before);
});

test('filters, closed groups and weights of a search do not apply to the next one from the Explorer', async () => {
  const { explorer, page, results } = here.window;
  const distance = () => results.row(1).locator('.distance-number').innerText();
  const before = await distance();
  await results.button('Channels').click();
  await results.frame.locator('.channel-row').getByRole('checkbox').first().uncheck();
  await expect.poll(distance).not.toBe(before);
  await page.keyboard.press('Escape');
  await results.button(/^Channels.*1/).waitFor();
  await results.row(1).focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => results.conditions()).toEqual(['1 excluded']);
  await results.filter.fill('walker3');
  await expect.poll(() => results.count()).toBeLessThan(6);
  await explorer.chooseInContextMenu('walking/walker2_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker2_1.csv');
  await expect.poll(() => results.count()).toBe(11);
  expect(await results.filter.inputValue()).toBe('');
  expect(await results.conditions()).toEqual([]);
  expect(await results.button(/^Channels.*1/).isVisible()).toBe(false);
});

test('a search from a match keeps the filter in sight, with one click to clear it', async () => {
  const { page, results } = here.window;
  await page.keyboard.press('Control+f');
  await expect.poll(() => results.filter.evaluate((field) => field.matches(':focus'))).toBe(true);
  await page.keyboard.type('nothing is called so');
  await results.frame.getByText('No match passes the filters.').waitFor();
  await results.button('Clear all filters').click();
  await expect.poll(() => results.count()).toBe(11);
  await results.filter.fill('walker');
  await results.row(1).focus();
  await page.keyboard.press('f');
  await expect.poll(async () => (await results.matches()).length).toBeGreaterThan(3);
  expect(await results.filter.inputValue()).toBe('walker');
  await results.filter.fill('');
});

test('a file with many sequences asks which one', async () => {
  const { explorer, quickInput, results } = here.window;
  await explorer.chooseInContextMenu('archive/CylinderBellFunnel.tsv', 'Find Similar Sequences');
  await quickInput.shown();
  await expect.poll(async () => (await quickInput.entries()).length).toBeGreaterThan(2);
  await quickInput.entry(/^3/).first().click();
  await results.showsMatchesOf('CylinderBellFunnel.tsv');
  expect(await results.count()).toBeGreaterThan(20);
});

test('the command palette offers a list of recordings', async () => {
  const { quickInput, results } = here.window;
  await here.window.runCommand('View: Close All Editors');
  await here.window.runCommand('Kindred: Find Similar Sequences');
  await quickInput.type('person2_1');
  await quickInput.entry('person2_1').first().click();
  await results.showsMatchesOf('person2_1.hea');
});

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}
