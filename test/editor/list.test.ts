import { expect, test } from 'vitest';
import { scenario } from './scenario';
import { manySequences } from './workspaces';
import { patient } from '../../src/dev/patience';

const many = 10_000;
const here = scenario(manySequences(many));

test('a list of 10,000 matches is shown', async () => {
  const { explorer, quickInput, results, statusBar } = here.window;
  await here.window.trust();
  await statusBar.item(/10,000 sequences/).waitFor({ timeout: patient(100_000) });
  await explorer.chooseInContextMenu('Many_TRAIN.tsv', 'Find Similar Sequences');
  await quickInput.entry(/^1/).first().click();
  await results.showsMatchesOf('Many_TRAIN.tsv');
  expect(await results.count()).toBe(many - 1);
});

test('only the rows in sight exist, wherever one is', async () => {
  const { page, results } = here.window;
  await results.row(1).focus();
  expect(await results.rows.count()).toBeLessThan(60);
  await page.keyboard.press('End');
  await results
    .row(many - 1)
    .locator('.rank-number', { hasText: '9,999' })
    .waitFor();
  await expect.poll(() => results.row(many - 1).evaluate((row) => row === document.activeElement)).toBe(true);
  expect(await results.rows.count()).toBeLessThan(60);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect.poll(() => results.row(1).evaluate((row) => row === document.activeElement)).toBe(true);
});

test('every row that is scrolled to shows its match', async () => {
  const { results } = here.window;
  const shown = await results.frame.locator('.matches').evaluate(async (list) => {
    const nextFrame = () => new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 60; frame++) {
      window.scrollBy({ top: 2000, behavior: 'instant' });
      await nextFrame();
    }
    const inSight = () =>
      [...list.querySelectorAll('.rows > .row')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top < window.innerHeight && bottom > 0;
      });
    for (let frame = 0; frame < 600 && inSight().some((row) => row.classList.contains('coming')); frame++) {
      await nextFrame();
    }
    return inSight().map((row) => [
      Number(row.getAttribute('aria-rowindex')) - 1,
      Number(row.querySelector('.rank-number')?.textContent.replaceAll(',', '')),
    ]);
  });
  expect(shown.length).toBeGreaterThan(5);
  for (const [position, rank] of shown) expect(rank).toBe(position);
});

test('the keyboard selects one, some and all', async () => {
  const { page, results } = here.window;
  await results.row(1).evaluate(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
  });
  await results.row(1).focus();
  await page.keyboard.press('Space');
  await results.selection.filter({ hasText: '1 selected' }).waitFor();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await results.selection.filter({ hasText: '3 selected' }).waitFor();
  expect(await results.row(3).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Control+a');
  await results.selection.filter({ hasText: '9,999 selected' }).waitFor();
  await page.keyboard.press('Escape');
  await results.selection.waitFor({ state: 'hidden' });
});

test('the mouse selects with Ctrl and Shift', async () => {
  const { results } = here.window;
  await results
    .row(2)
    .locator('.facts')
    .click({ modifiers: ['Control'] });
  await results
    .row(4)
    .locator('.facts')
    .click({ modifiers: ['Control'] });
  await results.selection.filter({ hasText: '2 selected' }).waitFor();
  await results
    .row(6)
    .locator('.facts')
    .click({ modifiers: ['Shift'] });
  await results.selection.filter({ hasText: '3 selected' }).waitFor();
  await results.button('Select none').click();
});

test('a label filters the list, and the condition stays in sight until it is removed', async () => {
  const { page, results } = here.window;
  await results.button('Filters').click();
  await results.choose('Label', '1 (4,999)');
  await expect.poll(() => results.count()).toBe(4999);
  await page.keyboard.press('Escape');
  expect(await results.conditions()).toEqual(['Label: 1']);
  expect(await results.row(1).locator('.label-cell').innerText()).toBe('1');
  await results.button('Remove the filter “Label: 1”').click();
  await expect.poll(() => results.count()).toBe(many - 1);
});

test('conditions combine, and a list that none passes says so', async () => {
  const { results } = here.window;
  await results.button('Filters').click();
  await results.choose('Label', '1 (4,999)');
  await results.frame.getByRole('spinbutton', { name: 'Length at least' }).fill('33');
  await results.frame.getByText('No match passes the filters.').waitFor();
  expect(await results.conditions()).toEqual(['Label: 1', 'Length ≥ 33 steps']);
  await results.filter.click();
  await results.button('Clear all filters').click();
  await expect.poll(() => results.count()).toBe(many - 1);
});

test('groups are counted, and opened and closed by keyboard', async () => {
  const { page, results } = here.window;
  await results.choose('Group by', 'Group: label');
  await results.groups.first().waitFor();
  expect(await results.count()).toBe(many - 1 + 2);
  await results.groups.first().focus();
  expect(await results.groups.first().innerText()).toMatch(/^[12]\s+(4,999|5,000) matches$/);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => results.groups.count()).toBe(2);
  expect(await results.groups.first().getAttribute('aria-expanded')).toBe('false');
  expect(await results.accessibilityProblems()).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => results.count()).toBe(many - 1 + 2);
  await results.choose('Group by', 'No groups');
  await expect.poll(() => results.groups.count()).toBe(0);
});

test('a match is excluded by key, and comes back', async () => {
  const { page, results } = here.window;
  await results.row(1).focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => results.count()).toBe(many - 2);
  expect(await results.conditions()).toEqual(['1 excluded']);
  await results.button('Clear all').click();
  await expect.poll(() => results.count()).toBe(many - 1);
});

test('a file of 10,000 sequences is paged through', async () => {
  const { explorer, page, recording } = here.window;
  await explorer.chooseInContextMenu('Many_TRAIN.tsv', 'Open as Recording');
  await recording.shows('Many_TRAIN.tsv');
  await recording.sequences.first().click();
  await page.keyboard.press('End');
  await recording.frame.locator('h1 .sequence', { hasText: '10,000 of 10,000' }).waitFor();
  await recording.sequences.last().locator('.label').waitFor();
  expect(await recording.sequences.count()).toBeLessThan(40);
  await recording.frame.getByLabel('Number of the sequence').fill('5000');
  await page.keyboard.press('Enter');
  await recording.frame.locator('h1 .sequence', { hasText: '5,000 of 10,000' }).waitFor();
});
