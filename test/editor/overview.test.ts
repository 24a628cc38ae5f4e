import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

const here = scenario(sampleWorkspace);

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `overview-${name}.png`));
}

test('the map', async () => {
  const { overview, page } = here.window;
  await here.window.trust();
  await here.window.runCommand('Kindred: Overview');
  await here.window.statusBar.item(/120 sequences/).waitFor();
  await overview.frame.locator('.stage-text', { hasText: /sequences/ }).waitFor();
  await picture('map');
  await overview.frame.locator('#layout').selectOption({ label: 'All layouts' });
  await overview.settled('120 sequences');
  await overview.map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await picture('walk');
  for (const name of ['Duplicates', 'Outliers', 'Doubtful', 'Groups']) {
    await overview.tab(new RegExp(name)).click();
    await overview.findings.first().waitFor();
    await page.waitForTimeout(1500);
    await picture(name);
    expect.soft(await overview.accessibilityProblems()).toEqual([]);
  }
});
