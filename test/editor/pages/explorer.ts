import { errors, type Locator, type Page } from 'playwright-core';
import { patient } from '../../../src/dev/patience';

/** The list of the workspace's files. */
export class Explorer {
  readonly #view: Locator;

  constructor(private readonly page: Page) {
    this.#view = page.locator('.explorer-folders-view');
  }

  /** Shows it by its icon in place of another view; the icon would hide it if it were there. */
  async open(): Promise<void> {
    if (!(await this.#view.isVisible()))
      await this.page
        .locator('.activitybar')
        .getByRole('tab', { name: /^Explorer/ })
        .click();
    await this.shown();
  }

  /** Waits until files are listed. */
  async shown(): Promise<void> {
    await this.#view.getByRole('treeitem').first().waitFor();
  }

  /** The row of a file or folder that is on the screen. */
  row(name: string): Locator {
    return this.#view.getByRole('treeitem', { name, exact: true });
  }

  /** Opens the folders on the way to `path` (with forward slashes) and returns the row of its last part. */
  async reveal(path: string): Promise<Locator> {
    const parts = path.split('/');
    const name = parts.pop() ?? path;
    for (const folder of parts) {
      const row = this.row(folder);
      if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    }
    const row = this.row(name);
    await row.scrollIntoViewIfNeeded();
    return row;
  }

  /**
   * Chooses an entry of a file's context menu. A menu that is open never gains what an extension adds meanwhile, and
   * ignores a click that comes too soon, so it is closed and opened again until the entry was taken.
   */
  async chooseInContextMenu(path: string, entry: string): Promise<void> {
    const row = await this.reveal(path);
    const item = this.#menu.getByRole('menuitem', { name: entry });
    const deadline = Date.now() + patient(30_000);
    while (Date.now() < deadline) {
      await row.click({ button: 'right' });
      await this.#menu.waitFor();
      if ((await item.isVisible()) && (await this.#takes(item))) return;
      await this.page.keyboard.press('Escape');
      await this.#menu.waitFor({ state: 'hidden' });
      await this.page.waitForTimeout(200);
    }
    throw new Error(`the context menu of ${path} has no entry ${entry}`);
  }

  get #menu(): Locator {
    return this.page.locator('.context-view .monaco-menu').first();
  }

  /** Whether an entry could be clicked and the menu has closed. An editor that still starts closes menus by itself. */
  async #takes(item: Locator): Promise<boolean> {
    const timeout = patient(1000);
    try {
      await item.hover({ timeout });
      await this.page.waitForTimeout(200);
      await item.click({ timeout });
      await this.#menu.waitFor({ state: 'hidden', timeout });
      return true;
    } catch (error) {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    }
  }

  /** The entries of a file's context menu, which is closed again. */
  async contextMenu(path: string): Promise<string[]> {
    const row = await this.reveal(path);
    await row.click({ button: 'right' });
    await this.#menu.waitFor();
    const entries = await this.#menu.getByRole('menuitem').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return entries;
  }
}
