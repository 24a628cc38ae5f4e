import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';
import { ofEachKind as each, threeKinds } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

const here = scenario(threeKinds);

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `overview-${name}.png`));
}

/** Drags with Shift around most of the map. */
async function drawLasso(map: Locator): Promise<void> {
  const { page } = here.window;
  const box = (await map.boundingBox())!;
  const at = (x: number, y: number) => page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
  await at(0.02, 0.02);
  await page.keyboard.down('Shift');
  await page.mouse.down();
  for (const [x, y] of [
    [0.85, 0.02],
    [0.98, 0.98],
    [0.02, 0.98],
  ] as const) {
    await at(x, y);
  }
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

/** How many recordings the text about the selection counts. */
async function selected(): Promise<number> {
  return Number(/^\d+/.exec(await here.window.overview.selection.innerText())?.[0] ?? 0);
}

const labelOf = async (path: string) => {
  const lines = (await readFile(join(here.folder, 'labels.csv'), 'utf8')).split('\n');
  return lines.find((line) => line.startsWith(`${path},`))?.split(',')[1];
};

test('in Restricted Mode the page says why it is empty', async () => {
  const { overview } = here.window;
  await here.window.runCommand('Kindred: Overview');
  await overview.problem.filter({ hasText: /Restricted Mode/ }).waitFor();
  await overview.button('Manage Trust').waitFor();
  await here.window.trust();
});

test('the map shows every recording of the largest layout, and says how far it can be trusted', async () => {
  const { overview } = here.window;
  await here.window.tab('Overview').click();
  await overview.settled('43 sequences');
  await overview.frame.locator('.map-about', { hasText: /trustworthiness/ }).waitFor();
  await expect.poll(() => overview.frame.locator('.point-table').getAttribute('aria-rowcount')).toBe('44');
  expect(await overview.canvases.getAttribute('data-drawn')).toBe('webgl');
  await expect.poll(() => overview.colouredPixels()).toBeGreaterThan(500);
  await picture('map');
  expect(await overview.accessibilityProblems()).toEqual([]);
});

test('keys walk over the map, select, open and label', async () => {
  const { overview, recording, quickInput, notifications, page } = here.window;
  await overview.map.focus();
  await page.keyboard.press('ArrowRight');
  const first = await overview.spoken.innerText();
  expect(first).toMatch(/\.npy, (label|without)/);
  for (const key of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', '+', '-', '0']) await page.keyboard.press(key);
  await page.keyboard.press('Space');
  expect(await overview.spoken.innerText()).toMatch(/, selected$/);
  await overview.selection.filter({ hasText: '1 recording selected' }).waitFor();
  await overview.frame.locator('.hover-card svg').waitFor();
  await picture('walked');
  const [name = ''] = (await overview.spoken.innerText()).split(',');
  const kind = name.split('_')[0] ?? '';
  const file = `${name === 'again.npy' ? 'steps' : kind}/${name}`;
  const before = await labelOf(file);
  await page.keyboard.press('l');
  await quickInput.titled('Set Label');
  await quickInput.type('special');
  await page.keyboard.press('Enter');
  await notifications.message('Labelled “special”').waitFor();
  expect(await labelOf(file)).toBe('special');
  await overview.frame.locator('.legend-entry', { hasText: 'special' }).waitFor();
  await overview.map.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => labelOf(file)).toBe(before);
  await overview.frame.locator('.legend-entry', { hasText: 'special' }).waitFor({ state: 'detached' });
  await overview.map.focus();
  await page.keyboard.press('Enter');
  await recording.shows(name);
  await here.window.runCommand('View: Close All Editors in Group');
});

test('the pointer shows curves, selects with a lasso, and opens', async () => {
  const { overview, recording } = here.window;
  await here.window.tab('Overview').click();
  await overview.settled('43 sequences');
  await drawLasso(overview.map);
  await expect.poll(selected).toBeGreaterThan(20);
  await picture('lasso');
  await overview.button('Clear Selection').click();
  await overview.selection.filter({ hasText: 'Nothing selected' }).waitFor();
  await overview.rows.nth(2).click();
  await overview.selection.filter({ hasText: '1 recording selected' }).waitFor();
  await overview.rows.nth(2).dblclick();
  await recording.shows('.npy');
  await here.window.runCommand('View: Close All Editors in Group');
  await here.window.tab('Overview').click();
});

test('the legend colours, hides and selects', async () => {
  const { overview } = here.window;
  const count = () => overview.frame.locator('.point-table').getAttribute('aria-rowcount');
  await overview.frame.locator('.legend-entry', { hasText: 'slow' }).click();
  await expect.poll(count).toBe(String(1 + 43 - each));
  await overview.button('Select what is shown').click();
  await expect.poll(selected).toBe(43 - each);
  await overview.button('Show all').click();
  await expect.poll(count).toBe('44');
  await overview.frame.locator('.legend-entry', { hasText: 'slow' }).dblclick();
  await expect.poll(count).toBe(String(1 + each));
  for (const by of ['Folder', 'Length in time steps', 'Outlier factor', 'Distance of the nearest']) {
    await overview.frame.getByLabel('Colour by').selectOption({ label: by });
    await overview.frame.locator('.legend-entry').first().waitFor();
    expect(await count()).toBe('44');
  }
  await picture('numbers');
  await overview.button('Find Similar to All').waitFor();
});

test('points are coloured by how far they are from the one in focus', async () => {
  const { overview, page } = here.window;
  const entries = overview.frame.locator('.legend-entry');
  const texts = () => entries.allInnerTexts();
  await overview.button('Clear Selection').click();
  await overview.map.press('Escape');
  await overview.frame.getByLabel('Colour by').selectOption({ label: 'Distance from the recording in focus' });
  await overview.map.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await texts())[0] ?? '').toMatch(/^0/);
  const first = await texts();
  await picture('distance');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(texts).not.toEqual(first);
  await overview.frame.getByLabel('Colour by').selectOption({ label: 'Label' });
});

test('two recordings are compared', async () => {
  const { overview, results } = here.window;
  await overview.rows.nth(1).click();
  await overview.rows.nth(3).click({ modifiers: ['Control'] });
  await overview.selection.filter({ hasText: '2 recordings selected' }).waitFor();
  await overview.button('Compare').click();
  await results.frame.locator('.comparison:visible .compared').waitFor();
  await here.window.runCommand('View: Close All Editors in Group');
  await here.window.tab('Overview').click();
  await overview.button('Clear Selection').click();
});

test('a map whose WebGL is lost is drawn without it, and with it again when it comes back', async () => {
  const { overview } = here.window;
  await overview.loseWebgl();
  await overview.frame.locator('.map-canvases[data-drawn="canvas"]').waitFor();
  await expect.poll(() => overview.colouredPixels()).toBeGreaterThan(500);
  await overview.restoreWebgl();
  await overview.frame.locator('.map-canvases[data-drawn="webgl"]').waitFor();
  await expect.poll(() => overview.colouredPixels()).toBeGreaterThan(500);
});

test('other layouts are chosen above the map', async () => {
  const { overview } = here.window;
  await overview.frame.getByLabel('Channels').selectOption({ label: 'All layouts' });
  await overview.settled('46 sequences');
  await overview.frame.getByLabel('Channels').selectOption({ label: '2 channels (3)' });
  await overview.settled('3 sequences');
  await overview.frame.getByLabel('Channels').selectOption({ label: '1 channel (43)' });
  await overview.settled('43 sequences');
});

test('the arrow keys go along the tabs, and the page is as it was when the window is loaded again', async () => {
  const { overview, page } = here.window;
  await here.window.tab('Overview').click();
  await overview.tab('Map').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await overview.tab(/Outliers/).getAttribute('aria-selected')).toBe('true');
  await here.window.reload();
  await overview.findings.first().waitFor();
  expect(await overview.tab(/Outliers/).getAttribute('aria-selected')).toBe('true');
  await overview.tab('Map').click();
  await overview.settled('43 sequences');
});

test('the page is readable in every theme', async () => {
  const { overview } = here.window;
  for (const [theme, name] of themeClasses) {
    await here.window.useTheme(theme);
    await overview.frame.locator(`body.${name}`).waitFor();
    await expect.poll(() => overview.colouredPixels()).toBeGreaterThan(500);
    await picture(theme);
    expect(await overview.accessibilityProblems()).toEqual([]);
  }
});
