import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { welcome } from '../../src/dev/editor/server';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

// The other tests switch off that walkthroughs open by themselves.
beforeAll(() => welcome(inject('home'), true));
afterAll(() => welcome(inject('home'), false));

const here = scenario(sampleWorkspace);

const steps = () => here.window.page.locator('.getting-started-step');
const walkthrough = () => here.window.tab(/Get Started with Kindred|Welcome/);

/** The steps that are ticked. */
const ticked = () =>
  steps()
    .filter({ has: here.window.page.locator('.codicon.complete') })
    .locator('.step-title')
    .allInnerTexts();

test('the walkthrough opens once there are recordings to try it on, with the first step done', async () => {
  await here.window.statusBar.item('Kindred').waitFor();
  expect(await walkthrough().count()).toBe(0);
  await here.window.trust();
  await walkthrough().waitFor();
  await expect.poll(() => steps().count()).toBe(6);
  await expect.poll(ticked).toEqual(['Open a folder of recordings']);
  await here.window.screenshot(inProject('test/editor/.work/screenshots/walkthrough.png'));
});

test('the overview is offered once the first index is complete', async () => {
  const { notifications, overview } = here.window;
  // It may have gone from the screen meanwhile.
  await here.window.runCommand('Notifications: Show Notifications');
  await notifications.answer('120 recordings are indexed.', 'Show Overview');
  await overview.frame.locator('.stage-text', { hasText: '72 sequences' }).waitFor();
  await here.window.runCommand('View: Close Editor');
});

test('its steps tick themselves when they are done, and its buttons do what they say', async () => {
  const { explorer, results, recording, quickInput, page } = here.window;
  await explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await results.showsMatchesOf('walker1_1.csv');
  const [match] = await results.matches();
  await results.row(1).click();
  await recording.shows(match?.file.split('/').at(-1) ?? '');
  await results.row(1).focus();
  await page.keyboard.press('c');
  await results.frame.locator('.comparison').first().waitFor();
  await here.window.runCommand('Welcome: Open Walkthrough...');
  await quickInput.type('Get Started with Kindred');
  await quickInput.choose('Get Started with Kindred');
  await expect
    .poll(ticked)
    .toEqual(['Open a folder of recordings', 'Find what is similar', 'Look at a recording', 'Understand why']);
  await steps().filter({ hasText: 'Teach it your labels' }).click();
  await page.getByRole('button', { name: 'Fine-Tune on Workspace Labels' }).click();
  await here.window.fineTuning.sets.first().waitFor();
});

test('it does not open again', async () => {
  await here.window.runCommand('View: Close All Editors');
  await expect.poll(() => walkthrough().count()).toBe(0);
  await here.window.runCommand('Developer: Reload Window');
  await here.window.statusBar.item(/120 sequences/).waitFor();
  expect(await walkthrough().count()).toBe(0);
});
