import { join } from 'node:path';
import type { EditorWindow } from '../../../test/editor/pages/window';
import { patient } from '../patience';
import { Film } from './film';
import { Pointer } from './pointer';

const folder = 'walking';
const file = 'walker1_1.csv';
const entry = 'Find Similar Sequences';

/** Matches in sight. */
const shown = 5;

/** Shares of the query's width between which a stretch is selected. */
const stretch = { from: 0.3, to: 0.42 } as const;

/** Long enough to read, and to see that something has changed. */
const [reading, moving] = [2600, 700];

/**
 * Does what a user does first: searches from a recording, looks at the matches, compares one, and searches for a stretch.
 *
 * @param window open on the sample workspace, indexed
 * @param media where the pictures on the way go
 * @returns the bytes of the animated picture
 */
export async function filmJourney(window: EditorWindow, media: string): Promise<Uint8Array> {
  const film = new Film(window.page);
  const pointer = new Pointer(window.page);
  await searched(window, film, pointer);
  await film.still(reading);
  await compared(window, film, pointer, media);
  await foundAgain(window, film, pointer);
  await pointer.hide();
  await mapped(window, media);
  return film.gif();
}

async function searched({ page, explorer, results }: EditorWindow, film: Film, pointer: Pointer): Promise<void> {
  const row = await explorer.reveal(`${folder}/${file}`);
  await pointer.moveInto(row, 0.4);
  await film.still(moving);
  await row.click({ button: 'right' });
  const item = page.locator('.context-view .monaco-menu').first().getByRole('menuitem', { name: entry });
  await item.waitFor();
  await pointer.moveInto(item, 0.3);
  await film.still(2 * moving);
  await page.keyboard.press('Escape');
  await explorer.chooseInContextMenu(`${folder}/${file}`, entry);
  await results.showsMatchesOf(file);
  await results.bringUpToDate();
  await results.queryPlot.drawn();
  await until(async () => (await results.drawnPlots()) >= shown);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patient(30_000);
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('the window does not come so far');
  }
}

async function compared(window: EditorWindow, film: Film, pointer: Pointer, media: string): Promise<void> {
  const { comparison, rows } = window.results;
  await pointer.moveInto(rows.first(), 0.2, 0.3);
  await rows.first().focus();
  await film.still(moving);
  await window.page.keyboard.press('c');
  await comparison.explained();
  await comparison.plots.drawn();
  await film.still(2 * reading);
  await pointer.hide();
  await window.screenshot(join(media, 'comparison.png'));
  await comparison.button('Back to the matches').click();
}

async function foundAgain({ page, results, windows }: EditorWindow, film: Film, pointer: Pointer): Promise<void> {
  const lane = results.frame.locator('.query .lane .u-over').first();
  await lane.scrollIntoViewIfNeeded();
  await page.keyboard.down('Shift');
  await pointer.moveInto(lane, stretch.from);
  await page.mouse.down();
  for (const share of [0.5, 1]) {
    await pointer.moveInto(lane, stretch.from + share * (stretch.to - stretch.from));
    await film.still(moving);
  }
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const find = results.frame.getByRole('button', { name: 'Find similar parts' });
  await pointer.moveInto(find);
  await film.still(moving);
  await find.click();
  await windows.settled();
  await windows.frame.locator('.window-mark').first().waitFor();
  await film.still(reading);
}

async function mapped(window: EditorWindow, media: string): Promise<void> {
  await window.runCommand('View: Close All Editors');
  await window.runCommand('Kindred: Overview');
  await window.overview.settled('72 sequences');
  await until(async () => (await window.overview.colouredPixels()) > 0);
  await window.screenshot(join(media, 'overview.png'));
}
