import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { npyFile } from '../../src/dev/sample/writers/npy';
import { copiedCell, hasPandas, rowsOf } from './pages/python';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';

const screenshots = inProject('test/editor/.work/screenshots');

/** Slow waves with a burst of fast ones from `at` to `at + 200`. */
function withBurst(at: number, steps = 2000): Buffer {
  const wave = (t: number) => (t >= at && t < at + 200 ? Math.sin(t / 2) : 0.6 * Math.sin(t / 60));
  return npyFile([Float32Array.from({ length: steps }, (_, t) => wave(t))]);
}

const here = scenario(async (folder) => {
  await mkdir(join(folder, 'bursts'), { recursive: true });
  for (const [i, at] of [300, 900, 1500].entries()) {
    await writeFile(join(folder, `bursts/burst_${i + 1}.npy`), withBurst(at));
  }
  await writeFile(join(folder, 'bursts/short.npy'), withBurst(1e9, 90));
});

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `parts-${name}.png`));
}

/** Drags with Shift over a share of the width of a plot's lane. */
async function select(lane: Locator, from: number, to: number): Promise<void> {
  const { page } = here.window;
  const box = (await lane.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + from * box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + (0.5 * from + 0.5 * to) * box.width, y);
  await page.mouse.move(box.x + to * box.width, y);
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

const lane = () => here.window.recording.frame.locator('.lane .u-over').first();
const selected = () => here.window.recording.frame.locator('.stretch-text');

/** Where a listed part begins and ends, in steps. */
async function placeOf(row: number): Promise<readonly [number, number]> {
  return placeIn(await here.window.windows.places.nth(row).innerText());
}

function placeIn(text: string): readonly [number, number] {
  const [start = NaN, end = NaN] = [...text.replaceAll(',', '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return [start, end];
}

test('Shift and dragging selects a part of a recording, whose like is found in all others', async () => {
  await here.window.trust();
  await here.window.statusBar.item(/4 sequences/).waitFor();
  const { recording, windows } = here.window;
  await here.window.openFile('bursts/burst_1.npy');
  await recording.shows('burst_1.npy');
  await recording.plots.drawn();
  await select(lane(), 0.15, 0.25);
  await selected()
    .filter({ hasText: /\b(19|20)\d steps selected/ })
    .waitFor();
  await picture('selected');
  expect(await recording.accessibilityProblems()).toEqual([]);
  await recording.button('Find similar parts').click();
  await windows.settled();
  await expect.poll(() => windows.rows.count()).toBeGreaterThanOrEqual(2);
  const files = await windows.rows.locator('.file').allInnerTexts();
  expect(files.slice(0, 2).sort()).toEqual(['burst_2.npy', 'burst_3.npy']);
  const at = files[0] === 'burst_2.npy' ? 900 : 1500;
  const [start, end] = await placeOf(0);
  expect(Math.min(end, at + 200) - Math.max(start, at)).toBeGreaterThan(150);
  await windows.frame.locator('.window-mark').first().waitFor();
  await picture('found');
  expect(await windows.accessibilityProblems()).toEqual([]);
});

test('what cannot be searched is said', async () => {
  await here.window.windows.frame.getByText(/Not searched, because .*: 1 recording/).waitFor();
});

test('parts are copied as a cell that gives them', async (context) => {
  const { windows } = here.window;
  const button = windows.frame.getByRole('button', { name: 'Copy as Python' });
  const cell = await copiedCell(here.window, () => button.click());
  const files = await windows.rows.locator('.file').allInnerTexts();
  const [start, end] = await placeOf(0);
  if (!hasPandas) return context.skip();
  const rows = await rowsOf<{ file: string; start: number; end: number }>(cell, ['file', 'start', 'end']);
  expect(rows.map(({ file }) => file)).toEqual(files.map((file) => `bursts/${file}`));
  expect([rows[0]!.start, rows[0]!.end]).toEqual([start, end]);
});

test('a part that was found is shown in its recording, selected', async () => {
  const { windows, recording, page } = here.window;
  const name = await windows.rows.first().locator('.file').innerText();
  await windows.rows.first().locator('.window-file').focus();
  await page.keyboard.press('Enter');
  await recording.shows(name);
  await selected().filter({ hasText: 'steps selected' }).waitFor();
  await recording.frame.locator('.stretch').waitFor();
  await picture('opened');
});

test('keys select a part, resize and move it, and give it up', async () => {
  const { recording, page } = here.window;
  await recording.plots.area.focus();
  await page.keyboard.press('0');
  await recording.frame.getByRole('slider', { name: 'Selected stretch', exact: true }).press('Escape');
  await selected().waitFor({ state: 'hidden' });
  await page.keyboard.press('s');
  await selected()
    .filter({ hasText: /66[67] steps selected/ })
    .waitFor();
  const before = await selected().innerText();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => selected().innerText()).not.toBe(before);
  await recording.frame.getByRole('slider', { name: 'End of the selected stretch' }).press('Shift+ArrowLeft');
  await selected()
    .filter({ hasText: /56[67] steps selected/ })
    .waitFor();
});

test('parts of the recording itself are found, and the best of each or all are listed', async () => {
  const { recording, windows } = here.window;
  await recording.button('In this recording').click();
  await windows.settled();
  await windows.frame.getByText(/parts? of 1 recording/).waitFor();
  expect(await windows.frame.getByLabel('All good parts').isChecked()).toBe(true);
  await windows.frame.getByText('Best of each recording').click();
  await windows.settled();
  await expect.poll(() => windows.rows.count()).toBe(1);
});

/** How many lengths the listed parts have; those of one length may differ by the digits that are shown. */
async function lengths(): Promise<number> {
  const texts = await here.window.windows.places.allInnerTexts();
  const places = texts.map(placeIn);
  return new Set(places.map(([start, end]) => Math.round((end - start) / 50))).size;
}

test('parts that last half to twice as long are found, by mouse and by key', async () => {
  const { windows } = here.window;
  await windows.frame.getByText('All good parts').click();
  await windows.frame.getByText('Half to twice as long').click();
  await expect.poll(lengths).toBeGreaterThan(1);
  await picture('lengths');
  await windows.frame.getByLabel('Half to twice as long').press('ArrowLeft');
  await expect.poll(lengths).toBe(1);
  expect(await windows.frame.getByLabel('As long', { exact: true }).isChecked()).toBe(true);
  await windows.frame.getByText('Best of each recording').click();
  await expect.poll(() => windows.rows.count()).toBe(1);
});

test('a selection that is too short is refused in words', async () => {
  const { recording, windows } = here.window;
  const end = recording.frame.getByRole('slider', { name: 'End of the selected stretch' });
  // Ten times a twentieth of the whole is more than the third that is selected.
  for (let i = 0; i < 10; i++) await end.press('Shift+ArrowLeft');
  await selected()
    .filter({ hasText: /^8 steps selected/ })
    .waitFor();
  await recording.button('Find similar parts').click();
  await windows.problem.filter({ hasText: /at least \d+ are needed/ }).waitFor();
});

test('the query of a search for whole recordings can be selected from too', async () => {
  const { explorer, results, windows } = here.window;
  await explorer.chooseInContextMenu('bursts/burst_3.npy', 'Find Similar Sequences');
  await results.matches();
  const query = results.frame.locator('.query .lane .u-over').first();
  await query.waitFor();
  await select(query, 0.75, 0.85);
  await results.frame.getByRole('button', { name: 'Find similar parts' }).first().click();
  await expect.poll(() => windows.rows.locator('.file').first().innerText()).toMatch(/burst_[12]\.npy/);
});

test('the page is readable in every theme', async () => {
  for (const [theme, name] of themeClasses) {
    await here.window.useTheme(theme);
    await here.window.windows.frame.locator(`body.${name}`).waitFor();
    await picture(theme);
    expect(await here.window.windows.accessibilityProblems()).toEqual([]);
  }
});
