import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { violationsIn } from './pages/accessibility';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';

const channels = 52;
const screenshots = inProject('test/editor/.work/screenshots');

/** Six recordings of 52 channels in two units. */
const here = scenario(async (folder) => {
  await mkdir(join(folder, 'eeg'));
  const names = Array.from({ length: channels }, (_, channel) => `c${channel} (${channel % 2 === 0 ? 'uV' : 'mm'})`);
  for (let file = 0; file < 6; file++) {
    const rows = Array.from({ length: 300 }, (_, step) =>
      names.map((_, channel) => Math.sin((step * (channel + 3 + file / 4)) / 90).toFixed(4)).join(','),
    );
    await writeFile(join(folder, `eeg/r${file}.csv`), `${names.join(',')}\n${rows.join('\n')}\n`);
  }
});

/** The height of the query's plot as a share of the window's. */
const plotShare = () =>
  here.window.results.queryPlot.node.evaluate((node) => node.getBoundingClientRect().height / window.innerHeight);

const rowsInSight = () =>
  here.window.results.frame.locator('.rows > .row:not(.coming)').evaluateAll((rows) => {
    return rows.filter((row) => row.getBoundingClientRect().bottom <= window.innerHeight).length;
  });

test('the plot of 52 channels takes a quarter of the height at most, with channels of one unit in one lane', async () => {
  const { explorer, results, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/6 sequences/).waitFor();
  await explorer.chooseInContextMenu('eeg/r0.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('r0.csv');
  await results.queryPlot.drawn();
  await expect.poll(() => results.queryPlot.lanes.count()).toBe(2);
  await expect.poll(plotShare).toBeLessThanOrEqual(0.25);
  expect(await rowsInSight()).toBeGreaterThanOrEqual(4);
  expect(await violationsIn(results.queryPlot.node)).toEqual([]);
});

test.each(themeClasses)('the closed plot in the %s theme', async (theme, className) => {
  const { page, results } = here.window;
  await here.window.useTheme(theme);
  await results.frame.locator(`body.${className}`).waitFor();
  for (const width of [900, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(plotShare).toBeLessThanOrEqual(0.25);
    await here.window.screenshot(join(screenshots, `query-${theme}-${width}.png`));
  }
});

test('opened, each channel has a lane, and the panel remembers that', async () => {
  const { page, results } = here.window;
  await results.queryPlot.button('Larger').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => results.queryPlot.lanes.count()).toBe(6);
  expect(await plotShare()).toBeGreaterThan(0.25);
  await results.row(1).focus();
  await page.keyboard.press('f');
  await results.frame.locator('.query-file .file', { hasText: 'r0.csv' }).waitFor({ state: 'hidden' });
  await expect.poll(() => results.queryPlot.lanes.count()).toBe(6);
  await here.window.reload();
  await results.rows.first().waitFor();
  await expect.poll(() => results.queryPlot.lanes.count()).toBe(6);
  await results.queryPlot.button('Smaller').click();
  await expect.poll(() => results.queryPlot.lanes.count()).toBe(2);
  await expect.poll(plotShare).toBeLessThanOrEqual(0.25);
});
