import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { colouredPixels } from './pages/pixels';
import { scenario } from './scenario';
import { threeKinds } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

const here = scenario(threeKinds);

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `overview-${name}.png`));
}

/** Takes back what a notification says, which may have gone from the screen meanwhile. */
async function undo(done: string): Promise<void> {
  await here.window.runCommand('Notifications: Show Notifications');
  await here.window.notifications.answer(done, 'Undo');
}

/** How many recordings the text about the selection counts. */
async function selected(): Promise<number> {
  return Number(/^\d+/.exec(await here.window.overview.selection.innerText())?.[0] ?? 0);
}

const labelOf = async (path: string) => {
  const lines = (await readFile(join(here.folder, 'labels.csv'), 'utf8')).split('\n');
  return lines.find((line) => line.startsWith(`${path},`))?.split(',')[1];
};

test('the lists are there once the neighbours are known', async () => {
  const { overview } = here.window;
  await here.window.trust();
  await here.window.runCommand('Kindred: Overview');
  await overview.settled('43 sequences');
});

test('a copy is found, and left out of the index until that is taken back', async () => {
  const { overview, notifications, page } = here.window;
  await overview.tab(/Duplicates/).click();
  const cluster = overview.findings.filter({ hasText: 'again.npy' });
  await cluster.getByText('The same file, byte for byte.').waitFor();
  await cluster.locator('svg').nth(1).waitFor();
  await picture('duplicates');
  await cluster.getByRole('button', { name: 'Compare' }).click();
  await here.window.results.frame.locator('.comparison:visible .compared', { hasText: 'steps_4.npy' }).waitFor();
  await picture('compared');
  await here.window.runCommand('View: Close All Editors in Group');
  await here.window.tab('Overview').click();
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

test('a small map shows where a query and its matches lie', async () => {
  const { overview, results } = here.window;
  await here.window.explorer.chooseInContextMenu('slow/slow_2.npy', 'Find Similar Sequences');
  await results.showsMatchesOf('slow_2.npy');
  await results.frame.getByText('Where they lie').click();
  const map = results.frame.getByRole('img', { name: /Map of 43 recordings: the query and the first \d+ matches/ });
  await map.waitFor();
  await results.frame.getByText('Click a match to go to its row').waitFor();
  expect(colouredPixels(await map.screenshot())).toBeGreaterThan(100);
  await picture('whereabouts');
  expect(await results.accessibilityProblems()).toEqual([]);
  await results.frame.getByText('Show Overview').click();
  await overview.settled('43 sequences');
});
