import type { Browser, Frame } from 'playwright-core';
import { EditorWindow } from '../../../test/editor/pages/window';
import { percentile, type Figure } from './figures';

const openings = 5;

interface Measured {
  readonly paintMilliseconds: number;
  readonly heapMegabytes: number;
}

/**
 * How soon the results panel paints after its page began to load, and what memory its page holds once it shows matches.
 *
 * @param file a recording, by its path from the workspace folder
 */
export async function benchPanel(browser: Browser, address: string, file: string): Promise<readonly Figure[]> {
  const window = await EditorWindow.open(browser, address);
  try {
    await window.statusBar.item(/\d+ sequences/).waitFor({ timeout: 120_000 });
    const measured: Measured[] = [];
    for (let i = 0; i < openings; i++) measured.push(await opened(window, file));
    const paints = measured.map(({ paintMilliseconds }) => paintMilliseconds);
    const heaps = measured.map(({ heapMegabytes }) => heapMegabytes);
    return [
      {
        name: 'first paint of the panel, median',
        value: percentile(paints, 0.5),
        unit: 'ms',
        target: { at: 'most', value: 300 },
      },
      { name: 'webview memory with matches and plots, median', value: percentile(heaps, 0.5), unit: 'MB' },
    ];
  } finally {
    await window.close();
  }
}

/** Searches from a file, and closes the panel again. */
async function opened(window: EditorWindow, file: string): Promise<Measured> {
  const { explorer, results } = window;
  await explorer.chooseInContextMenu(file, 'Find Similar Sequences');
  await results.rows.first().waitFor({ timeout: 60_000 });
  await results.queryPlot.drawn();
  const handle = await results.rows.first().elementHandle();
  const frame = await handle.ownerFrame();
  if (frame === null) throw new Error('the panel has no page');
  const measured = await figuresIn(frame);
  await window.runCommand('View: Close All Editors');
  return measured;
}

async function figuresIn(frame: Frame): Promise<Measured> {
  return frame.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const { memory } = performance as Performance & { readonly memory?: { readonly usedJSHeapSize: number } };
    return { paintMilliseconds: paint?.startTime ?? NaN, heapMegabytes: (memory?.usedJSHeapSize ?? NaN) / 2 ** 20 };
  });
}
