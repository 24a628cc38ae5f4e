import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { inProject } from '../../src/dev/project';
import { wavFile } from '../../src/dev/sample/writers/wav';
import { themeClasses } from './pages/window';
import { scenario } from './scenario';

const screenshots = inProject('test/editor/.work/screenshots');

/** A tone that rises for five minutes: no test is so slow that it has ended. */
function glide(from = 100): Float32Array {
  const [rate, seconds] = [4000, 300];
  return Float32Array.from({ length: rate * seconds }, (_, t) => {
    const time = t / rate;
    return 0.5 * Math.sin(2 * Math.PI * (from + 2.5 * time) * time) + 0.1 * Math.sin(2 * Math.PI * 1500 * time);
  });
}

const here = scenario(async (folder) => {
  await mkdir(join(folder, 'tones'), { recursive: true });
  await writeFile(join(folder, 'tones/glide.wav'), wavFile(glide(), 4000));
  await writeFile(join(folder, 'tones/higher.wav'), wavFile(glide(150), 4000));
});

async function picture(name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await here.window.screenshot(join(screenshots, `recording-${name}.png`));
}

test('sound is played with a moving cursor, until it is stopped', async () => {
  const { recording } = here.window;
  await here.window.trust();
  await here.window.statusBar.item(/2 sequences/).waitFor();
  await here.window.openFile('tones/glide.wav');
  await here.window.runCommand('Kindred: Open as Recording');
  await recording.shows('glide.wav');
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
  await recording.frame.getByText('Spectrogram of audio (0 to −80 dB)').waitFor();
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

test('a match is played from its row, until it is stopped', async () => {
  const { results, explorer, page } = here.window;
  await explorer.chooseInContextMenu('tones/glide.wav', 'Find Similar Sequences');
  await results.showsMatchesOf('glide.wav');
  await results.row(1).focus();
  await page.keyboard.press('p');
  await results.row(1).getByRole('button', { name: 'Stop' }).waitFor();
  await picture('row-playing');
  expect(await results.accessibilityProblems()).toEqual([]);
  await results.row(1).getByRole('button', { name: 'Stop' }).click();
  await results.row(1).getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' });
});
