import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { themeClasses } from './pages/window';
import { sampleWorkspace } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

/** A gaze with two clocks: the tracker's own in milliseconds, and one of the computer that is taken for the better one. */
function gaze(phase: number): string {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const x = 640 + 200 * Math.sin(i / 9 + phase) + 30 * Math.sin(i / 2);
    const y = 512 + 150 * Math.cos(i / 11 + phase);
    const pupil = 3 + 0.4 * Math.sin(i / 40 + phase);
    return [(i / 50).toFixed(2), 1000 + 5 * i, x.toFixed(2), y.toFixed(2), pupil.toFixed(3), 'right'].join(';');
  });
  return `Eye tracker 7, right eye\ntime;stamp;x;y;pupil;eye\ns;ms;px;px;mm;\n${rows.join('\n')}\n`;
}

/** Names and cells that would run if a page took them for HTML. */
function hostile(): string {
  const rows = Array.from({ length: 100 }, (_, i) => `${Math.sin(i / 7).toFixed(4)},${Math.cos(i / 5).toFixed(4)}`);
  return `<b>bold</b>,<script>x</script>\n${rows.join('\n')}\n`;
}

const here = scenario(async (folder) => {
  await sampleWorkspace(folder);
  await mkdir(join(folder, 'gaze'));
  for (const number of [1, 2, 3]) await writeFile(join(folder, `gaze/p${number}.csv`), gaze(number));
  await writeFile(join(folder, 'gaze/<img src=x onerror=alert(1)>.csv'), hostile());
});

const rulesFile = () => join(here.folder, '.kindred/reading.json');

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `${name}.png`));
}

async function filesEncoded(): Promise<number> {
  const { engine } = await here.window.diagnostics();
  if (typeof engine === 'string') throw new Error(engine);
  return engine.filesEncoded;
}

test('a file whose clock is guessed wrong is set right with its like, by the mouse, and only these are read again', async () => {
  const { window } = here;
  const page = window.reading;
  await window.trust();
  await window.statusBar.item(/124 sequences/).waitFor();
  const before = await filesEncoded();
  await window.explorer.chooseInContextMenu('gaze/p1.csv', 'How Is This File Read?');
  await page.about('p1.csv');
  await page.sequences.filter({ hasText: '50 Hz' }).waitFor();
  expect(await page.columnRoles.allInnerTexts()).toEqual(['Clock', ...Array<string>(4).fill('Channel'), 'Left out']);
  expect((await page.rowRoles.allInnerTexts()).slice(0, 4)).toEqual(['Passed over', 'Names', 'Units', 'Samples']);
  await picture('reading-guessed');
  expect(await page.accessibilityProblems()).toEqual([]);
  await page.field('Clock').selectOption({ label: '2: stamp' });
  await page.sequences.filter({ hasText: '200 Hz' }).waitFor();
  await page.field('files like it').check();
  await page.count.filter({ hasText: 'It names 4 files.' }).waitFor();
  await page.field('Files (a glob from the folder that is open)').fill('gaze/p*.csv');
  await page.count.filter({ hasText: 'It names 3 files.' }).waitFor();
  await page.button('Apply').click();
  await page.done.filter({ hasText: 'It is about 3 files.' }).waitFor();
  expect(await readFile(rulesFile(), 'utf8')).toBe(
    '{\n  "rules": [\n    { "files": "gaze/p*.csv", "clock": "stamp" }\n  ]\n}\n',
  );
  await expect.poll(filesEncoded).toBe(before + 3);
});

test('the page looks right in all themes, and in a narrow window', async () => {
  const { window } = here;
  const page = window.reading;
  await page.about('p1.csv');
  for (const [theme, name] of themeClasses) {
    await window.useTheme(theme);
    await page.frame.locator(`body.${name}`).waitFor();
    await picture(`reading-${theme}`);
    expect(await page.accessibilityProblems()).toEqual([]);
  }
  await window.page.setViewportSize({ width: 760, height: 900 });
  await picture('reading-narrow');
  const width = await page.frame.locator('body').evaluate((body) => [body.scrollWidth, body.clientWidth]);
  expect(width[0]).toBeLessThanOrEqual(width[1]!);
  await page.frame.locator('.apply').scrollIntoViewIfNeeded();
  await picture('reading-narrow-below');
  await window.page.setViewportSize({ width: 1400, height: 1800 });
  await picture('reading-tall');
  await window.page.setViewportSize({ width: 1400, height: 900 });
});

test('by the keyboard alone a rule is written for one file, and removed again', async () => {
  const { window } = here;
  const page = window.reading;
  const { keyboard } = window.page;
  const before = await filesEncoded();
  await window.openFile('gaze/p2.csv');
  await window.runCommand('Kindred: How Is This File Read?');
  await page.about('p2.csv');
  await page.frame.locator('.reading-file').focus();
  const rate = page.field('Fixed rate in Hz');
  await page.tabTo(rate);
  expect(await page.focusIsVisible(rate)).toBe(true);
  await keyboard.press('Control+a');
  await keyboard.type('30');
  await page.sequences.filter({ hasText: '30 Hz' }).waitFor();
  await page.tabTo(page.field('this file'));
  await page.count.filter({ hasText: 'It names 1 file.' }).waitFor();
  const apply = page.frame.locator('vscode-button', { hasText: 'Apply' });
  await page.tabTo(apply);
  await keyboard.press('Enter');
  await page.done.filter({ hasText: 'It is about 1 file.' }).waitFor();
  expect(await readFile(rulesFile(), 'utf8')).toContain('{ "files": "gaze/p2.csv", "rate": 30 }');
  await expect.poll(filesEncoded).toBe(before + 1);
  await window.tab(/p2.csv/).waitFor();
  await window.tab('Reading of p2.csv').click();
  await page.about('p2.csv');
  await page.frame.locator('.reading-file').focus();
  await page.tabTo(page.frame.locator('vscode-button', { hasText: 'Reset' }));
  await keyboard.press('Enter');
  await page.sequences.filter({ hasText: '200 Hz' }).waitFor();
  expect(await readFile(rulesFile(), 'utf8')).not.toContain('gaze/p2.csv');
});

test('what a file says stays text', async () => {
  const { window } = here;
  const page = window.reading;
  const name = '<img src=x onerror=alert(1)>.csv';
  await window.explorer.chooseInContextMenu(`gaze/${name}`, 'How Is This File Read?');
  await page.about(name);
  await page.sequences.filter({ hasText: '<b>bold</b>, <script>x</script>' }).waitFor();
  expect(await page.frame.locator('.cells thead .column-name').allInnerTexts()).toEqual([
    '<b>bold</b>',
    '<script>x</script>',
  ]);
  expect(await page.frame.locator('img, b, #root script').count()).toBe(0);
});

test('rules that are broken are opened at their line, and not overwritten', async () => {
  const { window } = here;
  const page = window.reading;
  const broken = '{\n  "rules": [\n    // mine\n    { "files": "gaze/*.csv", "rate": "fast" }\n  ]\n}\n';
  await writeFile(rulesFile(), broken);
  await window.explorer.chooseInContextMenu('gaze/p3.csv', 'How Is This File Read?');
  await page.about('p3.csv');
  await page.problem.filter({ hasText: 'line 4' }).waitFor();
  await page.field('Fixed rate in Hz').fill('10');
  await page.sequences.filter({ hasText: '10 Hz' }).waitFor();
  await picture('reading-broken-rules');
  await expect
    .poll(() => page.frame.locator('vscode-button', { hasText: 'Apply' }).getAttribute('disabled'))
    .not.toBeNull();
  await page.button('Open reading.json at Line 4').click();
  await window.tab('reading.json').waitFor();
  await window.statusBar.item(/Ln 4/).waitFor();
  await window.page.locator('.squiggly-warning').first().waitFor();
  await picture('reading-rules-opened');
  expect(await readFile(rulesFile(), 'utf8')).toBe(broken);
  await window.runCommand('View: Close Editor');
});

test('the results lead to how a file is read', async () => {
  const { window } = here;
  await window.runCommand('View: Close All Editors');
  await window.explorer.chooseInContextMenu('gaze/p1.csv', 'Find Similar Sequences');
  await window.results.showsMatchesOf('p1.csv');
  await window.results.frame.getByRole('button', { name: 'How was this read?' }).click();
  await window.reading.about('p1.csv');
});

test('what was tried out is there again when the window was reloaded', async () => {
  const { window } = here;
  const page = window.reading;
  await page.field('Fixed rate in Hz').fill('77');
  await page.sequences.filter({ hasText: '77 Hz' }).waitFor();
  await window.reload();
  await page.about('p1.csv');
  await page.sequences.filter({ hasText: '77 Hz' }).waitFor();
});
