import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { enginesIn } from './engines';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';
import { folderSettings, sampleWorkspace } from './workspaces';
import { patient } from '../../src/dev/patience';

const archive = 'archive/CylinderBellFunnel.tsv';
const screenshots = inProject('test/editor/.work/screenshots');

/** A time that is enough for a gain, however slow the machine is, and one that is not over before the test is. */
const longMinutes = Math.ceil(patient(18_000) / 6000);
const minutes = longMinutes / 10;

const here = scenario(async (folder) => {
  await sampleWorkspace(folder);
  await settings(folder, minutes);
});

async function settings(folder: string, most: number): Promise<void> {
  await folderSettings(folder, { 'kindred.fineTune.minutes': most, 'kindred.fineTune.validationShare': 0.3 });
}

/** The page follows the settings, which the editor reads a moment after they are written. */
const planned = (most: number) => here.window.fineTuning.frame.getByText(`At most ${most} minutes on`).waitFor();

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `${name}.png`));
}

const openPage = async () => {
  await here.window.runCommand('Kindred: Fine-Tune on Workspace Labels');
  await here.window.fineTuning.frame.locator('h1').waitFor();
};

/** A panel stays in the window for a moment after its tab, and must not be taken for the next one. */
async function closeAll(): Promise<void> {
  await here.window.runCommand('View: Close All Editors');
  await here.window.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
}

/** The distances of the nearest matches of the first series of the archive, which tell encoders apart. */
async function distances(): Promise<readonly number[]> {
  const { window } = here;
  await closeAll();
  await window.explorer.chooseInContextMenu(archive, 'Find Similar Sequences');
  await window.quickInput.titled('Sequences of');
  await window.quickInput.entry(/./).first().waitFor();
  await window.page.keyboard.press('Enter');
  await window.results.showsMatchesOf('CylinderBellFunnel.tsv');
  await window.results.bringUpToDate();
  const matches = await window.results.matches();
  await closeAll();
  return matches.slice(0, 5).map(({ distance }) => distance);
}

let bundledDistances: readonly number[] = [];

test('labels are counted by where they come from, and what would be used is said', async () => {
  const { window } = here;
  await window.trust();
  // On a busy machine the editor gives up looking for recordings; a command wakes Kindred in any case.
  await openPage();
  await window.statusBar.item(/120 sequences/).waitFor();
  bundledDistances = await distances();
  await openPage();
  const page = window.fineTuning;
  await page.source('Labels inside the files').locator('input').check();
  await page.sets.filter({ hasText: 'CylinderBellFunnel' }).waitFor();
  expect(await page.sets.count()).toBe(2);
  await picture('finetune-labels');
  expect(await page.accessibilityProblems()).toEqual([]);
  await page.source('A part of the file name').locator('input').check();
  await page.frame.locator('#pattern').fill('^([a-z-]+)_\\d');
  await page.frame
    .locator('.preview .label', { hasText: 'healthy' })
    .or(page.frame.locator('.preview .label'))
    .first()
    .waitFor();
  await picture('finetune-pattern');
});

test('a training leaves searching and indexing alone, can be paused, survives a reload, the death of its process, and a change of the labels', async () => {
  const { window } = here;
  const page = window.fineTuning;
  await settings(here.folder, longMinutes);
  await planned(longMinutes);
  await page.source('Labels inside the files').locator('input').check();
  const sets = page.sets.filter({ hasText: 'ControlCharts' }).locator('input');
  if (await sets.isChecked()) await sets.uncheck();
  await page.sets.filter({ hasText: 'CylinderBellFunnel' }).locator('input').check();
  await page.button('Start Fine-Tuning').click();
  await page.stage.filter({ hasText: /step [1-9]/ }).waitFor({ timeout: patient(120_000) });
  await picture('finetune-running');
  expect(await page.accessibilityProblems()).toEqual([]);
  await copyFile(join(here.folder, 'bearings/ball_1.npy'), join(here.folder, 'bearings/late.npy'));
  await window.statusBar.item(/121 sequences/).waitFor();
  expect(await distances()).toEqual(bundledDistances);
  await openPage();
  await page.stage.filter({ hasText: /step [1-9]/ }).waitFor();
  await writeFile(join(here.folder, 'labels.csv'), 'path,label\n');
  await page.button('Pause').click();
  await page.stage.filter({ hasText: /^Paused at step/ }).waitFor();
  await expect.poll(() => enginesIn(inject('home'), 'finetune')).toEqual([]);
  await window.reload();
  await window.statusBar.item(/Fine-tuning paused/).waitFor();
  await page.button('Resume').click();
  await page.stage.filter({ hasText: /^Training: step [1-9]/ }).waitFor({ timeout: patient(120_000) });
  await expect.poll(async () => (await enginesIn(inject('home'), 'finetune')).length).toBe(1);
  const [pid] = await enginesIn(inject('home'), 'finetune');
  process.kill(pid!, 'SIGKILL');
  await expect
    .poll(async () => (await enginesIn(inject('home'), 'finetune')).find((other) => other !== pid))
    .toBeDefined();
  await page.stage.filter({ hasText: /step [1-9]/ }).waitFor({ timeout: patient(120_000) });
});

test('a training that is cancelled leaves nothing', async () => {
  const { window } = here;
  await window.fineTuning.button('Cancel').click();
  await window.fineTuning.button('Start Fine-Tuning').waitFor();
  await expect.poll(() => enginesIn(inject('home'), 'finetune')).toEqual([]);
  await settings(here.folder, minutes);
});

test('a report proves the gain, and the encoder is only used when it is chosen', async () => {
  const { window } = here;
  const page = window.fineTuning;
  await planned(minutes);
  await page.source('Labels inside the files').locator('input').check();
  await page.button('Start Fine-Tuning').click();
  await page.verdict.waitFor({ timeout: patient(180_000) });
  expect(await page.accessibilityProblems()).toEqual([]);
  for (const [theme, className] of themeClasses) {
    await window.useTheme(theme);
    await page.frame.locator(`body.${className}`).waitFor();
    await picture(`finetune-report-${theme}`);
  }
  expect(await page.figure(1, 2)).toBeGreaterThanOrEqual(await page.figure(1, 1));
  const recallAndMap = async (column: number) => (await page.figure(0, column)) + (await page.figure(1, column));
  expect(await recallAndMap(2)).toBeGreaterThan(await recallAndMap(1));
  expect(await distances()).toEqual(bundledDistances);
  await openPage();
  await page.frame.getByRole('button', { name: /^Use/ }).click();
  await page.button('Start Fine-Tuning').waitFor();
  await expect.poll(distances).not.toEqual(bundledDistances);
});

test('going back to the bundled encoder takes its index from the cache', async () => {
  const { window } = here;
  await window.runCommand('Kindred: Choose Encoder');
  await window.quickInput.entry('Bundled encoder').waitFor();
  expect((await window.quickInput.entries()).length).toBe(3);
  await picture('finetune-encoders');
  await window.quickInput.choose('Bundled encoder');
  await expect.poll(distances).toEqual(bundledDistances);
  const { engine } = await window.diagnostics();
  if (typeof engine === 'string') throw new Error(engine);
  expect(engine.filesEncoded).toBe(0);
});

test('the map shows where recordings lay before, and where they lie by the other encoder', async () => {
  const { overview, sideBar } = here.window;
  await here.window.runCommand('Kindred: Overview');
  await overview.settled('\\d+ sequences');
  expect(await overview.button('Before').isVisible()).toBe(false);
  await sideBar.open();
  await sideBar.expand('Encoders');
  await sideBar.line('Encoders', 'Fine-tuned').click();
  await sideBar.line('Encoders', /Fine-tuned.*in use/).waitFor();
  await overview.button('Before').waitFor();
  await overview.frame.getByText(/The nearest has the same label: \d+ % before, \d+ % now/).waitFor();
  await overview.settled('\\d+ sequences');
  await picture('overview-now');
  await overview.button('Before').click();
  await expect.poll(() => overview.button('Before').getAttribute('aria-pressed')).toBe('true');
  expect(await overview.accessibilityProblems()).toEqual([]);
  await picture('overview-before');
  await overview.button('Now').click();
  await expect.poll(() => overview.button('Now').getAttribute('aria-pressed')).toBe('true');
  await sideBar.line('Encoders', 'Bundled encoder').click();
  await sideBar.line('Encoders', /Bundled encoder.*in use/).waitFor();
  await closeAll();
});

test('a click on an encoder in the side bar ranks by it', async () => {
  const { window } = here;
  const { explorer, sideBar } = window;
  await sideBar.open();
  await sideBar.expand('Encoders');
  await sideBar.line('Encoders', /Bundled encoder.*in use/).waitFor();
  await sideBar.line('Encoders', 'Fine-tuned').click();
  await sideBar.line('Encoders', /Fine-tuned.*in use/).waitFor();
  await sideBar.line('Encoders', /Bundled encoder.*in use/).waitFor({ state: 'hidden' });
  await picture('finetune-side-bar');
  await explorer.open();
  await expect.poll(distances).not.toEqual(bundledDistances);
});

test('an encoder can be renamed, exported, deleted and imported', async () => {
  const { page, quickInput, sideBar, explorer } = here.window;
  const elsewhere = await mkdtemp(join(tmpdir(), 'kindred-exported-'));
  const press = async (entry: string, button: string) => {
    await here.window.runCommand('Kindred: Choose Encoder');
    await quickInput.entry(entry).hover();
    await quickInput.entry(entry).getByRole('button', { name: button }).click();
  };
  const answerDialog = async (title: string, path: string, button: string) => {
    await quickInput.titled(title);
    await quickInput.answerDialog(path, button);
  };
  await sideBar.open();
  await press('Fine-tuned', 'Rename');
  await quickInput.titled('Rename Encoder');
  await quickInput.type('Mine');
  await page.keyboard.press('Enter');
  await sideBar.line('Encoders', /Mine.*in use/).waitFor();
  await press('Mine', 'Export');
  await answerDialog('Export “Mine”', `${elsewhere}/`, 'Export into This Folder');
  await expect.poll(() => existsSync(join(elsewhere, 'Mine/encoder.json'))).toBe(true);
  await press('Mine', 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await sideBar.line('Encoders', /Bundled encoder.*in use/).waitFor();
  await sideBar.line('Encoders', 'Mine').waitFor({ state: 'hidden' });
  await here.window.runCommand('Kindred: Choose Encoder');
  await quickInput.choose('Import Encoder...');
  await answerDialog('Import Encoder', join(elsewhere, 'Mine/'), 'Import');
  await sideBar.line('Encoders', /Mine.*in use/).waitFor();
  await rm(elsewhere, { recursive: true });
  await explorer.open();
});

test('Set Label writes labels.csv, and keeps what stands in it', async () => {
  const { window } = here;
  await writeFile(join(here.folder, 'labels.csv'), 'path,label,note\nbearings/ball_1.npy,ball,mine\n');
  await window.explorer.chooseInContextMenu('bearings/ball_2.npy', 'Set Label...');
  await window.quickInput.shown();
  await window.quickInput.type('new, label');
  await window.page.keyboard.press('Enter');
  await window.quickInput.hidden();
  await expect
    .poll(() => readFile(join(here.folder, 'labels.csv'), 'utf8'))
    .toBe('path,label,note\nbearings/ball_1.npy,ball,mine\nbearings/ball_2.npy,"new, label",\n');
});
