import { expect, test } from 'vitest';
import { scenario } from './scenario';
import { sampleWorkspace } from './workspaces';

const here = scenario(sampleWorkspace);

test('the keyboard alone suffices', async () => {
  const { results, statusBar, page } = here.window;
  await here.window.trust();
  await statusBar.item(/\d+ sequences/).waitFor();

  await here.window.openFile('walking/walker2_1.csv');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+y');
  await results.showsMatchesOf('walker2_1.csv');

  const matches = await results.matches();
  const second = matches[1]!.file.split('/').at(-1)!;
  await expect.poll(() => results.row(1).evaluate((row) => row === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('f');
  await results.showsMatchesOf(second);

  await page.keyboard.press('Alt+ArrowLeft');
  await results.showsMatchesOf('walker2_1.csv');
  await page.keyboard.press('Alt+ArrowRight');
  await results.showsMatchesOf(second);

  const first = (await results.matches())[0]!.file.split('/').at(-1)!;
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await here.window.tab(first).waitFor();
});

test('in the Explorer the keybinding asks, with the file that is open first', async () => {
  const { page, results } = here.window;
  await here.window.runCommand('View: Close All Editors');
  await here.window.openFile('walking/walker3_1.csv');
  // An editor that is still opening would take the focus back.
  await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  await page.keyboard.press('Control+Shift+e');
  await page.locator('.explorer-folders-view .monaco-list:focus-within').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+y');
  await page.locator('.quick-input-list .monaco-list-row').first().getByText('walker3_1.csv').waitFor();
  await page.keyboard.press('Enter');
  await results.showsMatchesOf('walker3_1.csv');
});
