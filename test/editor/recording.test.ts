import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { npyFile } from '../../src/dev/sample/writers/npy';
import { inProject } from '../../src/dev/project';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

/** 52 channels with names, in two units, of which `still` never changes. */
function body(): string {
  const names = Array.from({ length: 52 }, (_, c) =>
    c === 7 ? 'still' : `joint ${c + 1} [${c % 2 === 0 ? 'deg' : 'mm'}]`,
  );
  const rows = Array.from({ length: 600 }, (_, t) =>
    names.map((_, c) => (c === 7 ? 1 : (c + 1) * Math.sin(t / (5 + c)) + 0.1 * Math.cos(t * c)).toFixed(4)).join(','),
  );
  return `${names.join(',')}\n${rows.join('\n')}\n`;
}

function trend(slope: number): Buffer {
  return npyFile([Float32Array.from({ length: 4000 }, (_, t) => Math.sin(t / 90) + slope * t)]);
}

const here = scenario(async (folder) => {
  await sampleWorkspace(folder);
  await mkdir(join(folder, 'body'));
  await writeFile(join(folder, 'body/motion.csv'), body());
  await mkdir(join(folder, 'trends'));
  await writeFile(join(folder, 'trends/<b>one<b>.npy'), trend(0.001));
  await writeFile(join(folder, 'trends/two.npy'), trend(0.002));
});

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `recording-${name}.png`));
}

/** Where the stretch in sight begins and ends on the drawing of the whole, as shares of it. */
async function sight(): Promise<{ readonly start: number; readonly end: number }> {
  const { sight: frame, overview } = here.window.recording;
  const [inner, outer] = [await frame.boundingBox(), await overview.boundingBox()];
  const share = (x: number) => (x - outer!.x) / outer!.width;
  return { start: share(inner!.x), end: share(inner!.x + inner!.width) };
}

const sightLength = async () => {
  const { start, end } = await sight();
  return end - start;
};

test('in a folder that is not trusted a recording is not read, and the user is told what to do', async () => {
  const { explorer, recording } = here.window;
  await (await explorer.reveal('bearings/healthy_1.npy')).click();
  await recording.problem.filter({ hasText: 'Restricted Mode' }).waitFor();
  await recording.button('Manage Trust').waitFor();
});

test('once the folder is trusted, the recording is shown with what is known of it', async () => {
  const { recording, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/123 sequences/).waitFor();
  await here.window.openFile('bearings/healthy_1.npy');
  await recording.shows('healthy_1.npy');
  await recording.plots.drawn();
  await recording.frame.locator('h1 .label', { hasText: 'healthy' }).waitFor();
  expect(await recording.facts.innerText()).toMatch(/NPY/);
  await picture('first');
  expect(await recording.accessibilityProblems()).toEqual([]);
});

test('the wheel, the keys and the drawing of the whole move along the recording', async () => {
  const { page, recording } = here.window;
  await recording.plots.area.click();
  await page.keyboard.press('+');
  await expect.poll(sightLength).toBeCloseTo(0.5, 1);
  await page.mouse.wheel(0, -400);
  await expect.poll(sightLength).toBeLessThan(0.4);
  const before = (await sight()).start;
  const box = (await recording.overview.boundingBox())!;
  await page.mouse.click(box.x + 0.9 * box.width, box.y + box.height / 2);
  await expect.poll(async () => (await sight()).start).toBeGreaterThan(before + 0.2);
  await page.keyboard.press('0');
  await expect.poll(sightLength).toBeCloseTo(1, 2);
});

test('values stand beside the curves for the place under the cursor', async () => {
  const { page, recording } = here.window;
  await recording.plots.area.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => recording.values.first().innerText()).toMatch(/\d/);
});

test('keys lead through the recordings of the folder', async () => {
  const { page, recording } = here.window;
  await recording.plots.area.click();
  await page.keyboard.press('n');
  await recording.shows('healthy_2.npy');
  await recording.plots.area.click();
  await page.keyboard.press('p');
  await recording.shows('healthy_1.npy');
});

test('a label is set by key, and shown', async () => {
  const { page, quickInput, recording } = here.window;
  await recording.plots.area.click();
  await page.keyboard.press('l');
  await quickInput.shown();
  await quickInput.type('noisy');
  await page.keyboard.press('Enter');
  await quickInput.hidden();
  await recording.frame.locator('h1 .label', { hasText: 'noisy' }).waitFor();
  expect(await readFile(join(here.folder, 'labels.csv'), 'utf8')).toContain('bearings/healthy_1.npy,noisy');
});

test('a text file is opened as a recording from its menu, and as text again', async () => {
  const { explorer, page, recording } = here.window;
  await explorer.chooseInContextMenu('body/motion.csv', 'Open as Recording');
  await recording.shows('motion.csv');
  await recording.plots.drawn();
  expect(await recording.plots.lanes.count()).toBe(16);
  await picture('many');
  expect(await recording.accessibilityProblems()).toEqual([]);
  await recording.button('All').click();
  await expect.poll(() => recording.plots.lanes.count()).toBe(52);
  await picture('all');
  await recording.frame.getByLabel('Search channels').fill('joint 5');
  await expect.poll(() => recording.channels.count()).toBe(4);
  // Letters that are typed are no keys of the editor.
  await recording.frame.getByLabel('Search channels').fill('');
  await recording.frame.getByLabel('Search channels').pressSequentially('still');
  await expect.poll(() => recording.channels.count()).toBe(1);
  await recording.frame.getByLabel('Search channels').fill('');
  await recording.frame.getByText('By unit').click();
  await expect.poll(() => recording.plots.lanes.count()).toBe(3);
  await picture('units');
  await here.window.runCommand('Kindred: Open as Text');
  await page.locator('.monaco-editor').first().waitFor();
});

test('the sequences of a file are paged through, and searched from', async () => {
  const { explorer, page, recording, results } = here.window;
  await explorer.chooseInContextMenu('archive/CylinderBellFunnel.tsv', 'Open as Recording');
  await recording.shows('CylinderBellFunnel.tsv');
  await recording.frame.locator('h1 .sequence', { hasText: '1 of 30' }).waitFor();
  await recording.sequences.nth(1).locator('.label').waitFor();
  await recording.sequences.nth(1).click();
  await recording.frame.locator('h1 .sequence', { hasText: '2 of 30' }).waitFor();
  await page.keyboard.press('End');
  await recording.frame.locator('h1 .sequence', { hasText: '30 of 30' }).waitFor();
  await recording.plots.area.click();
  await page.keyboard.press('Shift+p');
  await recording.frame.locator('h1 .sequence', { hasText: '29 of 30' }).waitFor();
  await picture('sequences');
  expect(await recording.accessibilityProblems()).toEqual([]);
  await recording.button('Find similar').click();
  await results.showsMatchesOf('CylinderBellFunnel.tsv');
  await results.frame.locator('.query-name .sequence', { hasText: '29 of 30' }).waitFor();
});

test('a match opens beside as a recording, with its sequence, and leaves the focus in the list', async () => {
  const { page, recording, results } = here.window;
  const title = await results.row(1).locator('.sequence').innerText();
  await results.clickMatch(1);
  await recording.frame.locator('h1 .sequence', { hasText: title }).waitFor();
  const other = await results.row(2).locator('.sequence').innerText();
  await results.row(2).focus();
  await page.keyboard.press('Enter');
  await recording.frame.locator('h1 .sequence', { hasText: other }).waitFor();
  expect(await results.row(2).evaluate((row) => row === document.activeElement)).toBe(true);
  await picture('beside');
  await results.chooseInContextMenu(1, 'Open as Text');
  await page.locator('.monaco-editor').first().waitFor();
  await here.window.runCommand('View: Close All Editors');
});

test('a file that cannot be read says why, and can be read again once it is mended', async () => {
  const { page, recording } = here.window;
  const path = join(here.folder, 'trends/broken.npy');
  await writeFile(path, 'this is no NumPy file');
  await here.window.openFile('trends/broken.npy');
  await recording.problem.filter({ hasText: 'broken.npy' }).waitFor();
  await picture('broken');
  expect(await recording.accessibilityProblems()).toEqual([]);
  await writeFile(path, trend(0.003));
  await recording.facts.filter({ hasText: '4,000 steps' }).waitFor();
  await recording.plots.area.click();
  await page.keyboard.press('n');
  await recording.shows('two.npy');
});

test('a file that goes away says so, and is shown again as it is when it comes back', async () => {
  const { recording } = here.window;
  await here.window.openFile('trends/two.npy');
  await recording.shows('two.npy');
  await recording.plots.drawn();
  const path = join(here.folder, 'trends/two.npy');
  await rename(path, `${path}.away`);
  await recording.problem.filter({ hasText: 'not there any more' }).waitFor();
  await recording.plots.drawn();
  await writeFile(path, npyFile([Float32Array.from({ length: 900 }, (_, t) => Math.cos(t / 30))]));
  await recording.problem.waitFor({ state: 'hidden' });
  await recording.facts.filter({ hasText: '900 steps' }).waitFor();
});

test('what a file says stays text', async () => {
  const { explorer, recording } = here.window;
  await (await explorer.reveal('trends/<b>one<b>.npy')).click();
  await recording.shows('<b>one<b>.npy');
  expect(await recording.frame.locator('h1 b, #root script').count()).toBe(0);
});

test('the page looks right in all themes, and in a narrow window', async () => {
  const { recording } = here.window;
  await here.window.openFile('walking/walker1_1.csv');
  await here.window.titleAction('Open as Recording').click();
  await recording.shows('walker1_1.csv');
  await recording.plots.drawn();
  for (const [theme, name] of themeClasses) {
    await here.window.useTheme(theme);
    await recording.frame.locator(`body.${name}`).waitFor();
    await picture(theme);
    expect(await recording.accessibilityProblems()).toEqual([]);
  }
  await here.window.page.setViewportSize({ width: 760, height: 900 });
  const width = await recording.frame.locator('body').evaluate((body) => [body.scrollWidth, body.clientWidth]);
  await picture('narrow');
  expect(width[0]).toBeLessThanOrEqual(width[1]!);
  await here.window.page.setViewportSize({ width: 1400, height: 900 });
});

test('the sequence and the stretch that were shown are there again when the window was reloaded', async () => {
  const { page, recording } = here.window;
  await recording.plots.area.click();
  await page.keyboard.press('+');
  await expect.poll(sightLength).toBeCloseTo(0.5, 1);
  await here.window.reload();
  await recording.shows('walker1_1.csv');
  await recording.plots.drawn();
  await expect.poll(sightLength).toBeCloseTo(0.5, 1);
});
