import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const screenshots = inProject('test/editor/.work/screenshots');

const here = scenario(async (folder) => {
  await sampleWorkspace(folder);
});

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `recording-${name}.png`));
}

test('sound is played with a moving cursor, until it is stopped', async () => {
  const { recording } = here.window;
  await here.window.trust();
  await here.window.statusBar.item(/123 sequences/).waitFor();
  await here.window.openFile('tones/violin_1.wav');
  await here.window.runCommand('Kindred: Open as Recording');
  await recording.shows('violin_1.wav');
  await recording.plots.drawn();
  await recording.button('Play').click();
  await recording.button('Stop').waitFor();
  const place = () => recording.plots.position.innerText();
  await expect.poll(place).toMatch(/s$/);
  const before = await place();
  await expect.poll(place).not.toBe(before);
  expect(await recording.accessibilityProblems()).toEqual([]);
  await recording.button('Stop').click();
  await recording.button('Play').waitFor();
});

/** How many different colours a drawing has. */
async function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((node) => {
    const { width, height } = node as HTMLCanvasElement;
    const data = (node as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) colours.add(65_536 * data[i]! + 256 * data[i + 1]! + data[i + 2]!);
    return colours.size;
  });
}

test('a spectrogram is drawn on demand, and again for the stretch in sight', async () => {
  const { page, recording } = here.window;
  const canvas = recording.frame.locator('.spectrogram-picture');
  expect(await canvas.isVisible()).toBe(false);
  await recording.button('Spectrogram').click();
  await expect.poll(() => coloursOf(canvas)).toBeGreaterThan(20);
  await recording.frame.getByText('Spectrogram of Channel 1 (0 to −80 dB)').waitFor();
  const drawn = () => canvas.evaluate((node) => (node as HTMLCanvasElement).toDataURL());
  const whole = await drawn();
  await recording.plots.area.click();
  await page.keyboard.press('+');
  await expect.poll(drawn).not.toBe(whole);
  expect(await recording.accessibilityProblems()).toEqual([]);
  for (const [theme, name] of themeClasses) {
    await here.window.useTheme(theme);
    await recording.frame.locator(`body.${name}`).waitFor();
    await picture(`spectrogram-${theme}`);
    expect(await recording.accessibilityProblems()).toEqual([]);
  }
  await recording.button('Spectrogram').click();
  await canvas.waitFor({ state: 'hidden' });
});
