import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/tools/project';
import type { Theme } from './pages/window';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);
const screenshots = inProject('test/editor/.work/screenshots');

const classes: readonly (readonly [Theme, string])[] = [
  ['high-contrast', 'vscode-high-contrast'],
  ['high-contrast-light', 'vscode-high-contrast-light'],
  ['dark', 'vscode-dark'],
  // The last one stays: all windows of the editor share it.
  ['light', 'vscode-light'],
];

test('the panel is shown', async () => {
  await here.window.trust();
  await here.window.statusBar.item(/\d+ sequences/).waitFor();
  await here.window.explorer.chooseInContextMenu('walking/walker1_1.csv', 'Find Similar Sequences');
  await here.window.results.showsMatchesOf('walker1_1.csv');
  await expect.poll(() => here.window.results.drawnPlots(), { timeout: 15_000 }).toBeGreaterThan(3);
});

// The pictures are for people: whether they look right, no test can tell.
test.each(classes)('the panel takes the colours of the %s theme', async (theme, className) => {
  const { results } = here.window;
  await here.window.useTheme(theme);
  await results.frame.locator(`body.${className}`).waitFor();
  const colours = await results.frame.locator('body').evaluate((body) => {
    const style = getComputedStyle(body);
    return { text: style.color, surface: style.backgroundColor };
  });
  expect(colours.text).not.toBe(colours.surface);
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `${theme}.png`));
});
