import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { patient } from '../../src/dev/patience';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { repeatedSample, sampleWorkspace } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

describe('a list that was complete', () => {
  const here = scenario(sampleWorkspace);
  const at = (path: string) => join(here.folder, path);
  const files = async () => (await here.window.results.matches()).map(({ file }) => file);

  test('labels that change are followed at once, and what is selected stays so', async () => {
    const { explorer, page, results, statusBar } = here.window;
    await here.window.trust();
    await statusBar.item(/120 sequences/).waitFor();
    await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
    await results.showsMatchesOf('walker1_1.csv');
    const before = await files();
    await results.row(2).focus();
    await page.keyboard.press('Space');
    const lines = (await readFile(at('labels.csv'), 'utf8')).split('\n');
    const relabelled = lines.map((line) => (line.startsWith(`${before[0]},`) ? `${before[0]},brisk` : line));
    await writeFile(at('labels.csv'), relabelled.join('\n'));
    await results.row(1).locator('.label-cell', { hasText: 'brisk' }).waitFor();
    expect(await files()).toEqual(before);
    expect(await results.selection.innerText()).toBe('1 selected');
    expect(await results.news.isVisible()).toBe(false);
    await page.keyboard.press('Escape');
  });

  test('a list says how many files have changed and stays, and a key makes it again with the same row under the pointer', async () => {
    const { page, results } = here.window;
    const before = await files();
    const box = (await results.row(3).locator('.facts').boundingBox())!;
    await here.window.page.mouse.move(box.x + 5, box.y + 5);
    const placeOf = (file: string) =>
      results.frame.locator(`.name .file[title="${file}"]`).evaluate((node) => node.getBoundingClientRect().top);
    const place = await placeOf(before[2]!);
    await copyFile(at('walking/walker1_1.csv'), at('walking/added1.csv'));
    await copyFile(at('walking/walker1_1.csv'), at('walking/added2.csv'));
    await copyFile(at('walking/walker3_1.csv'), at('tones/added3.csv'));
    await results.news.filter({ hasText: '3 changes' }).waitFor();
    expect(await files()).toEqual(before);
    expect(await placeOf(before[2]!)).toBe(place);
    expect(await results.accessibilityProblems()).toEqual([]);
    for (const width of [700, 1400]) {
      await page.setViewportSize({ width, height: 900 });
      await here.window.screenshot(join(screenshots, `changes-${width}.png`));
    }
    await results.row(3).locator('.facts').hover();
    await results.row(3).focus();
    await page.keyboard.press('r');
    await results.news.waitFor({ state: 'hidden' });
    await expect.poll(() => results.count()).toBe(14);
    expect(await placeOf(before[2]!)).toBe(place);
    const focused = () => results.frame.locator('.row:focus .name .file').getAttribute('title');
    await expect.poll(focused).toBe(before[2]);
    expect((await files()).slice(0, 2).sort()).toEqual(['walking/added1.csv', 'walking/added2.csv']);
  });

  test('after the file of the query is deleted the list can be made again, sorted and widened', async () => {
    const { results } = here.window;
    const before = await files();
    await rm(at('walking/walker1_1.csv'));
    await results.news.filter({ hasText: '1 change' }).waitFor();
    await results.button('Refresh').click();
    await results.frame.getByText('The file is no longer there. It is compared as it was.').waitFor();
    expect(await files()).toEqual(before);
    await results.chooseScope('All layouts');
    await expect.poll(() => results.count()).toBe(122);
    await results.chooseScope('This layout');
    await expect.poll(() => results.count()).toBe(14);
    await results.filter.fill('added');
    await expect.poll(() => results.count()).toBe(3);
    await results.filter.fill('');
    await expect.poll(() => results.count()).toBe(14);
  });

  test('while the index is built nothing is said that it does not know, and the list grows by itself', async () => {
    const { explorer, results, statusBar } = here.window;
    await here.window.runCommand('Kindred: Clear Index');
    await statusBar.item(/pause/i).waitFor();
    await explorer.chooseInContextMenu('walking/walker2_1.csv', 'Find Similar Sequences');
    await results.notice.filter({ hasText: 'Indexing is paused' }).waitFor();
    expect(await results.frame.getByText(/No other recording|only recording/).isVisible()).toBe(false);
    await here.window.runCommand('Kindred: Resume Indexing');
    await results.showsMatchesOf('walker2_1.csv');
    await expect.poll(() => results.count()).toBe(13);
    await results.isUpToDate();
  });
});

describe('a list of an index that is being built', () => {
  const here = scenario(repeatedSample(6));

  test('grows by itself to the whole, while the row under the pointer stays where it is', async () => {
    const { explorer, results, statusBar } = here.window;
    await here.window.trust();
    await statusBar.item(/^\W*[1-9]\d* of \d+/).waitFor();
    await explorer.chooseInContextMenu('copy1/walking/walker1_1.csv', 'Find Similar Sequences');
    await results.showsMatchesOf('walker1_1.csv');
    await results.row(3).locator('.facts').hover();
    const pointed = results.frame.locator('.rows > .row:hover .name .file');
    const file = (await pointed.getAttribute('title'))!;
    const place = async () => (await pointed.boundingBox())?.y;
    const before = await place();
    await results.index.filter({ hasText: /^[\d,]+ files? indexed$/ }).waitFor({ timeout: patient(60_000) });
    await results.isUpToDate();
    expect(await results.count()).toBe(6 * 12 - 1);
    expect(await pointed.getAttribute('title')).toBe(file);
    expect(await place()).toBe(before);
  });
});
