import type { Browser } from 'playwright-core';
import { EditorWindow } from '../../../test/editor/pages/window';
import { folderSettings } from '../../../test/editor/workspaces';
import { writeSampleWorkspace } from '../sample/workspace';
import type { Figure } from './figures';

const minutes = 0.5;

/** The sample workspace with a training that ends soon. */
export async function labelledSample(folder: string): Promise<void> {
  await writeSampleWorkspace(folder);
  await folderSettings(folder, { 'kindred.fineTune.minutes': minutes });
}

/** How long the extension host is blocked at most while it fine-tunes, beside the same window at rest. */
export async function benchTraining(browser: Browser, address: string): Promise<readonly Figure[]> {
  const window = await EditorWindow.open(browser, address);
  try {
    await window.statusBar.item(/\d+ sequences/).waitFor({ timeout: 120_000 });
    const page = window.fineTuning;
    await window.runCommand('Kindred: Fine-Tune on Workspace Labels');
    await page.source('Labels inside the files').locator('input').check();
    // The first document of its kind starts another extension of the editor.
    await window.diagnostics();
    const resting = await longestBlock(window, () => window.page.waitForTimeout(60_000 * minutes));
    let [firstStep, whole] = [0, 0];
    const training = await longestBlock(window, async () => {
      const began = performance.now();
      const seconds = () => (performance.now() - began) / 1000;
      await page.button('Start Fine-Tuning').click();
      await page.stage.filter({ hasText: /step \d/ }).waitFor({ timeout: 300_000 });
      firstStep = seconds();
      await page.verdict.waitFor({ timeout: 300_000 });
      whole = seconds();
    });
    return [
      {
        name: 'from the click to the first step of a fine-tuning',
        value: firstStep,
        unit: 's',
        target: { at: 'most', value: 10 },
      },
      {
        name: `from the click to the report of one of ${60 * minutes} s`,
        value: whole,
        unit: 's',
        target: { at: 'most', value: 60 * minutes },
      },
      {
        name: 'longest block of the extension host during a fine-tuning',
        value: training,
        unit: 'ms',
        target: { at: 'most', value: 50 },
        against: { name: 'at rest', value: resting },
      },
    ];
  } finally {
    await window.close();
  }
}

async function longestBlock(window: EditorWindow, during: () => Promise<unknown>): Promise<number> {
  await window.diagnostics();
  await during();
  const { host } = await window.diagnostics();
  return host.longestBlockMilliseconds;
}
