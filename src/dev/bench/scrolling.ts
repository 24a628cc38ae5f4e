import type { Browser, Locator } from 'playwright-core';
import { EditorWindow } from '../../../test/editor/pages/window';
import type { Figure } from './figures';

const frames = 300;
const pixelsPerFrame = 300;

/** An interval longer than this holds a frame of a 60 Hz screen that was not drawn. */
const lateMilliseconds = 25;

/**
 * How many frames a list of many matches drops while it is scrolled, beside the same page at rest, which on a busy
 * machine drops some as well.
 */
export async function benchScrolling(browser: Browser, address: string, file: string): Promise<readonly Figure[]> {
  const window = await EditorWindow.open(browser, address);
  try {
    const { explorer, quickInput, results, statusBar } = window;
    await statusBar.item(/[\d,]+ sequences/).waitFor({ timeout: 120_000 });
    await explorer.chooseInContextMenu(file, 'Find Similar Sequences');
    await quickInput.entry(/^1/).first().click();
    await results.showsMatchesOf(file);
    const list = results.frame.locator('.matches');
    // Once beforehand: rows are made, and code is compiled.
    await lateFrames(list, pixelsPerFrame);
    const resting = await lateFrames(list, 0);
    const scrolled = await lateFrames(list, pixelsPerFrame);
    return [
      {
        name: `late frames of ${frames} while 10,000 matches scroll`,
        value: scrolled,
        unit: 'frames',
        against: { name: 'at rest', value: resting },
      },
    ];
  } finally {
    await window.close();
  }
}

async function lateFrames(list: Locator, pixels: number): Promise<number> {
  return list.evaluate(
    async (_, { count, step, late }) => {
      const nextFrame = () => new Promise<number>(requestAnimationFrame);
      window.scrollTo({ top: 0, behavior: 'instant' });
      let dropped = 0;
      let last = await nextFrame();
      for (let i = 0; i < count; i++) {
        window.scrollBy({ top: step, behavior: 'instant' });
        const now = await nextFrame();
        if (now - last > late) dropped += 1;
        last = now;
      }
      return dropped;
    },
    { count: frames, step: pixels, late: lateMilliseconds },
  );
}
