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

/** Takes back what a notification says, which may have gone from the screen meanwhile. */
async function undo(done: string): Promise<void> {
  await here.window.runCommand('Notifications: Show Notifications');
  await here.window.notifications.answer(done, 'Undo');
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
  await overview.frame.getByLabel('Colour by').selectOption({ label: 'Label' });
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

test('a copy is found, and left out of the index until that is taken back', async () => {
  const { overview, notifications, page } = here.window;
  await overview.tab(/Duplicates/).click();
  const cluster = overview.findings.filter({ hasText: 'again.npy' });
  await cluster.getByText('The same file, byte for byte.').waitFor();
  await cluster.locator('svg').nth(1).waitFor();
  await picture('duplicates');
  expect(await overview.accessibilityProblems()).toEqual([]);
  await cluster.getByRole('radio', { name: 'Keep steps/steps_4.npy' }).check();
  await cluster.getByRole('button', { name: 'Keep one, exclude the others…' }).click();
  await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Exclude' }).click();
  await notifications.message('Left out of the index: 1 file').waitFor();
  const settings = await readFile(join(here.folder, '.vscode/settings.json'), 'utf8');
  expect(settings).toContain('steps/again.npy');
  await overview.settled('42 sequences');
  await cluster.waitFor({ state: 'detached' });
  await undo('Left out of the index');
  await overview.settled('43 sequences');
  await cluster.waitFor();
});

test('the threshold of copies is moved by keys, with its count', async () => {
  const { overview, page } = here.window;
  const slider = overview.frame.getByRole('slider', { name: 'Nearer than' });
  await slider.focus();
  await page.keyboard.press('End');
  await overview.frame.locator('.check-status', { hasText: /clusters?$/ }).waitFor();
  const text = await overview.frame.locator('.threshold-text').innerText();
  expect(await slider.getAttribute('aria-valuetext')).toBe(text);
  await overview.button('Suggested').click();
  await overview.findings.filter({ hasText: 'again.npy' }).waitFor();
});

test('an outlier is listed with what is wrong, and ignored until it is wanted back', async () => {
  const { overview } = here.window;
  await overview.tab(/Outliers/).click();
  const finding = overview.findings.filter({ has: overview.frame.locator('.finding-head', { hasText: 'slow_9.npy' }) });
  await finding.getByText(/spike/).waitFor();
  await picture('outliers');
  expect(await overview.accessibilityProblems()).toEqual([]);
  await finding.getByRole('button', { name: 'Ignore' }).click();
  await finding.waitFor({ state: 'detached' });
  await overview.panel.getByText(/Show ignored \(1\)/).click();
  await finding.getByRole('button', { name: 'Ignore no longer' }).press('Enter');
  await overview.panel.getByText('Nothing is ignored.').waitFor();
  await overview.panel.getByText(/Show ignored/).click();
  await finding.waitFor();
});

test('a doubtful label is accepted, and that is taken back', async () => {
  const { overview, notifications } = here.window;
  await overview.tab(/Doubtful Labels/).click();
  const finding = overview.findings.filter({ hasText: 'fast_3.npy' });
  await finding.getByText(/Its nearest speak for fast/).waitFor();
  await picture('doubtful');
  expect(await overview.accessibilityProblems()).toEqual([]);
  await finding.getByRole('checkbox').check();
  await overview.button('Accept All Selected').click();
  await notifications.message('Labelled “fast”: 1 sequence').waitFor();
  expect(await labelOf('fast/fast_3.npy')).toBe('fast');
  await finding.waitFor({ state: 'detached' });
  await undo('Labelled “fast”');
  await expect.poll(() => labelOf('fast/fast_3.npy')).toBe('steps');
  await finding.waitFor();
});

test('a group is shown on the map, selected', async () => {
  const { overview } = here.window;
  await overview.tab(/Groups/).click();
  await overview.findings.first().getByText('Most typical').waitFor();
  await picture('groups');
  expect(await overview.accessibilityProblems()).toEqual([]);
  const size = Number(/\d+/.exec(await overview.findings.first().locator('strong').innerText())?.[0]);
  await overview.findings.first().getByRole('button', { name: 'Show on the map' }).click();
  await expect.poll(selected).toBe(size);
  expect(await overview.tab('Map').getAttribute('aria-selected')).toBe('true');
  await picture('group');
});

test('several recordings are searched with together', async () => {
  const { overview, results } = here.window;
  await overview.button('Find Similar to All').click();
  await results.frame.locator('.query-set').waitFor();
  await here.window.runCommand('View: Close Editor');
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
