import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import type { Theme } from './pages/window';
import { scenario } from './scenario';
import { workspaceWithDoubts } from './workspaces';

const here = scenario(workspaceWithDoubts);
const screenshots = inProject('test/editor/.work/screenshots');

const doubt = 'The clock "t" names no unit and was taken for seconds, though it steps by 16.67.';

test('the side bar counts the files that should be checked', async () => {
  const { sideBar, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/\d+ sequences/).waitFor();
  await sideBar.open();
  await sideBar.line('Index', '2 files: check how they are read').waitFor();
});

test('its entry lists them with their doubts; one that is chosen leads to the page on its reading', async () => {
  const { quickInput, sideBar } = here.window;
  await sideBar.line('Index', '2 files: check').click();
  await quickInput.titled('2 files: check how they are read');
  const entries = (await quickInput.entries()).join('\n');
  expect(entries).toContain('unsure/frames.csv');
  expect(entries).toContain(doubt);
  expect(entries).toContain('unsure/square.npy');
  expect(entries).toContain('It was read as 30 channels of 40 time steps, but it may be 40 channels of 30.');
  await screenshot('list');
  await quickInput.choose('unsure/frames.csv');
  await quickInput.hidden();
  await here.window.tab(/frames\.csv/).waitFor();
});

test('rows and the card of the query are marked, also for screen readers', async () => {
  const { explorer, results } = here.window;
  await here.window.runCommand('View: Close All Editors');
  await explorer.open();
  await explorer.chooseInContextMenu('unsure/frames.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('frames.csv');
  const card = results.frame.locator('.query .doubt');
  expect(await card.innerText()).toContain(`Kindred is not sure of how this file is read. ${doubt}`);
  expect(await card.getByRole('button', { name: 'Check how it is read' }).count()).toBe(1);
  await explorer.chooseInContextMenu('unsure/twin.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('twin.csv');
  expect(await results.frame.locator('.query .doubt').count()).toBe(0);
  const marked = results.rows.filter({ has: results.frame.getByRole('img', { name: 'Check how it is read' }) });
  await expect.poll(() => marked.locator('.file').allInnerTexts()).toEqual(['frames.csv']);
  expect(await marked.getAttribute('aria-label')).toContain('check how it is read');
  expect(await results.accessibilityProblems()).toEqual([]);
});

test.each(['high-contrast', 'high-contrast-light', 'dark', 'light'] as const)(
  'the marks are accessible in the %s theme',
  async (theme) => {
    const { explorer, results } = here.window;
    await here.window.useTheme(theme);
    for (const [file, part] of [
      ['frames.csv', 'card'],
      ['twin.csv', 'row'],
    ] as const) {
      await explorer.chooseInContextMenu(`unsure/${file}`, 'Find Similar Sequences');
      await results.showsMatchesOf(file);
      expect(await results.accessibilityProblems()).toEqual([]);
      // For people: whether it looks right, no test can tell.
      await screenshot(part, theme);
    }
  },
);

test('a rule that settles the doubt takes its file out of the count', async () => {
  const { sideBar } = here.window;
  await mkdir(join(here.folder, '.kindred'), { recursive: true });
  const rules = { rules: [{ files: 'frames.csv', rate: 60 }] };
  await writeFile(join(here.folder, '.kindred/reading.json'), JSON.stringify(rules));
  await sideBar.open();
  await sideBar.line('Index', '1 file: check how it is read').waitFor();
});

async function screenshot(part: string, theme: Theme | 'usual' = 'usual'): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `unsure-${part}-${theme}.png`));
}
