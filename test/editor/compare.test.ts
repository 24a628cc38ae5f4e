import { mkdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { violationsIn } from './pages/accessibility';
import { themeColours, themeClasses } from './pages/window';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);
const screenshots = inProject('test/editor/.work/screenshots');

test('the plot of the query zooms and pans by mouse and keyboard, and is whole again', async () => {
  const { results, page } = here.window;
  await here.window.trust();
  await here.window.statusBar.item(/\d+ sequences/).waitFor();
  await here.window.explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
  const plot = results.queryPlot;
  await plot.drawn();
  expect(await plot.button('Show all').isDisabled()).toBe(true);

  await plot.button('Zoom in').click();
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(false);
  await plot.button('Show all').click();
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(true);

  const box = (await plot.lanes.first().locator('.u-over').boundingBox())!;
  await page.mouse.move(box.x + 0.3 * box.width, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(false);
  await page.mouse.dblclick(box.x + 0.5 * box.width, box.y + box.height / 2);
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(true);

  await plot.area.focus();
  await page.keyboard.press('+');
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(false);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => plot.position.innerText()).toMatch(/ s$/);
  await page.keyboard.press('0');
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(true);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => plot.button('Show all').isDisabled()).toBe(false);
  await page.keyboard.press('0');
});

test('the pointer is told of in every lane, and channels are shown and hidden', async () => {
  const { results, page } = here.window;
  const plot = results.queryPlot;
  await plot.button('Larger').click();
  await expect.poll(() => plot.lanes.count()).toBe(3);
  const lanes = await plot.lanes.count();
  const box = (await plot.lanes.first().locator('.u-over').boundingBox())!;
  await page.mouse.move(box.x + 0.5 * box.width, box.y + box.height / 2);
  await expect.poll(() => plot.node.locator('.lane-readout').allInnerTexts()).toHaveLength(lanes);
  await expect.poll(async () => (await plot.node.locator('.lane-readout').allInnerTexts()).every(Boolean)).toBe(true);
  const chip = plot.node.locator('.legend .chip').first();
  await chip.click();
  await expect.poll(() => plot.lanes.count()).toBe(lanes - 1);
  await chip.click();
  await expect.poll(() => plot.lanes.count()).toBe(lanes);
});

test('beside a distance stands what it means', async () => {
  await expect
    .poll(() => here.window.results.row(1).locator('.row-meaning').innerText())
    .toMatch(/pairs share a label$|pairs this near share a label$|than usual$/);
  await expect
    .poll(() => here.window.results.row(1).locator('.distance').getAttribute('title'))
    .toMatch(/Usual is [\d.]+: half/);
});

test('a match is compared with the query, and the parts add up to the distance', async () => {
  const { results } = here.window;
  await results.row(1).getByRole('button', { name: 'Compare, and see why' }).click();
  const { comparison } = results;
  await comparison.node.waitFor();
  await comparison.explained();
  const { parts, sum } = await comparison.parts();
  const shown = await comparison.distance();
  expect(parts.length).toBeGreaterThan(1);
  expect(sum).toBeCloseTo(shown, 3);
  expect(parts.reduce((total, part) => total + part, 0)).toBeCloseTo(shown, 2);
  expect(await comparison.node.locator('.strip').first().getAttribute('aria-label')).toMatch(/differs most at|no part/);
});

test('the colours of strips have one scale for all matches of a list, with numbers', async () => {
  const { comparison } = here.window.results;
  const shown = () => comparison.node.locator('.strip-legend').innerText();
  const first = await shown();
  expect(first).toMatch(/^Differs here by\s+up to [\d.]+\s+[\d.]+ or more$/);
  await here.window.page.keyboard.press('n');
  await comparison.explained();
  expect(await shown()).toBe(first);
  await here.window.page.keyboard.press('p');
  await comparison.explained();
});

test('the comparison is accessible', async () => {
  expect(await violationsIn(here.window.results.comparison.node)).toEqual([]);
});

test('recordings are stacked, aligned and added', async () => {
  const { comparison } = here.window.results;
  const overlaid = await comparison.plots.lanes.count();
  await comparison.node.locator('label', { hasText: 'Stacked' }).click();
  await expect.poll(() => comparison.plots.lanes.count()).toBe(2 * overlaid);
  await comparison.node.locator('label', { hasText: 'Overlaid' }).click();
  await comparison.node.locator('label', { hasText: 'Best lag' }).click();
  await comparison.node.locator('.lag', { hasText: /moved by .* correlation/ }).waitFor();
  await comparison.node.locator('label', { hasText: 'Same time' }).click();
  for (let matches = 2; matches <= 8; matches++) {
    await comparison.button('+ next match').click();
    await expect.poll(() => comparison.chips.count()).toBe(matches);
  }
  await expect.poll(() => comparison.button('+ next match').count()).toBe(0);
});

test('sentences say why, and a click marks where it shows', async () => {
  const { comparison } = here.window.results;
  await comparison.explained();
  const said = await comparison.reasons.allInnerTexts();
  expect(said.length).toBeGreaterThanOrEqual(3);
  expect(said.length).toBeLessThanOrEqual(5);
  expect(said.join(' ')).toMatch(/By kind: .*level and spread \d+ %/);
  const byPart = await comparison.node.locator('.parts tbody th').allInnerTexts();
  expect(await comparison.node.locator('.legend .chip').allInnerTexts()).toEqual(byPart);
  const before = await comparison.plots.pixels();
  const button = comparison.node.locator('button.reason').first();
  await button.click();
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => comparison.plots.pixels()).not.toBe(before);
  await button.press('Enter');
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('false');
  await expect.poll(() => comparison.plots.pixels()).toBe(before);
});

test('a passage of a feature is shown in the plot once the details are opened', async () => {
  const { comparison } = here.window.results;
  await expect.poll(() => comparison.node.locator('.feature').first().isVisible()).toBe(false);
  await comparison.details.press('Enter');
  await comparison.node.locator('.passage').first().click();
  await expect.poll(() => comparison.plots.button('Show all').isDisabled()).toBe(false);
});

test('the keyboard leads in, onwards and back', async () => {
  const { results, page } = here.window;
  const { comparison } = results;
  await page.keyboard.press('Escape');
  await comparison.node.waitFor({ state: 'hidden' });
  await expect.poll(() => results.row(1).evaluate((row) => row === document.activeElement)).toBe(true);
  await page.keyboard.press('c');
  await comparison.node.waitFor();
  const first = await comparison.title.innerText();
  await page.keyboard.press('n');
  await expect.poll(() => comparison.title.innerText()).not.toBe(first);
  await page.keyboard.press('p');
  await expect.poll(() => comparison.title.innerText()).toBe(first);
  await comparison.explained();
});

test('tables and plots are saved where the user says', async () => {
  const { comparison } = here.window.results;
  const { quickInput } = here.window;
  const folder = await realpath(here.folder);
  const saved = async (name: string): Promise<Buffer> => {
    await quickInput.shown();
    await expect.poll(() => quickInput.value()).toMatch(/\.(svg|png|csv)$/);
    await quickInput.answerDialog(join(folder, name));
    await expect.poll(() => readFile(join(folder, name)).catch(() => Buffer.alloc(0))).not.toHaveLength(0);
    return readFile(join(folder, name));
  };
  await comparison.plots.button('Save the plot as SVG').click();
  expect((await saved('plot.svg')).toString()).toMatch(/^<svg .*<path d="M[^]*<\/svg>\n$/s);
  await comparison.plots.button('Save the plot as PNG').click();
  expect((await saved('plot.png')).subarray(1, 4).toString()).toBe('PNG');
  await here.window.page.keyboard.press('Escape');
  await comparison.button('Back to the matches').click();
  await here.window.results.frame.locator('select.export').selectOption('search csv');
  expect((await saved('matches.csv')).toString()).toMatch(/^rank,distance,file,[^]*"walking\//);
});

test.each(themeClasses)('the comparison takes the colours of the %s theme', async (theme, className) => {
  const { results, page } = here.window;
  await here.window.useTheme(theme);
  await results.frame.locator(`body.${className}`).waitFor();
  if (!(await results.comparison.node.isVisible())) {
    await results.row(1).getByRole('button', { name: 'Compare, and see why' }).click();
  }
  await results.comparison.explained();
  await expect.poll(() => results.colours()).toEqual(themeColours[theme]);
  // Canvases know no custom properties: their curves are drawn again when the theme changes.
  await expect.poll(() => results.comparison.plots.pixelsOf('--query-curve')).toBeGreaterThan(50);
  await expect.poll(() => results.comparison.plots.pixelsOf('--match-curve-1')).toBeGreaterThan(50);
  const marking = results.comparison.node.locator('button.reason').first();
  if ((await marking.getAttribute('aria-pressed')) === 'false') await marking.click();
  expect(await violationsIn(results.comparison.node)).toEqual([]);
  await mkdir(screenshots, { recursive: true });
  // For people: whether it looks right, no test can tell.
  await page.setViewportSize({ width: 1500, height: 1300 });
  await here.window.screenshot(join(screenshots, `comparison-${theme}.png`));
  await page.setViewportSize({ width: 1400, height: 900 });
});

test.each([360, 2000])('nothing is cut off in a window of %i pixels', async (width) => {
  const { results, page } = here.window;
  await here.window.runCommand('View: Toggle Primary Side Bar Visibility');
  await page.setViewportSize({ width, height: 1000 });
  const overflow = () => results.frame.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
  await here.window.screenshot(join(screenshots, `comparison-${width}.png`));
  await page.setViewportSize({ width: 1400, height: 900 });
  await here.window.runCommand('View: Toggle Primary Side Bar Visibility');
});

test('the list with the plot of the query is accessible', async () => {
  const { results } = here.window;
  await results.comparison.button('Back to the matches').click();
  await results.queryPlot.drawn();
  expect(await violationsIn(results.queryPlot.node)).toEqual([]);
  await here.window.screenshot(join(screenshots, 'query-light.png'));
});
