import { errors, type Locator, type Page } from 'playwright-core';
import { patient } from '../../../src/dev/patience';

/** The command palette, and every other list that VS Code shows at the top of its window. */
export class QuickInput {
  readonly #widget: Locator;
  readonly #input: Locator;

  constructor(private readonly page: Page) {
    this.#widget = page.locator('.quick-input-widget');
    this.#input = this.#widget.locator('.quick-input-box input');
  }

  /** Opens it by a key, which does nothing while the window, or the page that has the focus, is still starting. */
  async open(key: string): Promise<void> {
    const deadline = Date.now() + patient(30_000);
    while (Date.now() < deadline) {
      await this.page.keyboard.press(key);
      if (await this.appears()) return;
    }
    throw new Error(`${key} opens nothing`);
  }

  /** Opens it by a key and types. */
  async openWith(key: string, text: string): Promise<void> {
    await this.typeAfter(() => this.open(key), text);
  }

  /** Opens it by a key and types until there is an entry: a list that was opened before its commands are known never gets them. */
  async openOn(key: string, text: string, entry: string): Promise<void> {
    const deadline = Date.now() + patient(60_000);
    while (Date.now() < deadline) {
      await this.openWith(key, text);
      const nothing = this.entry(/^No matching/);
      await this.entry(entry).or(nothing).first().waitFor();
      if (!(await nothing.isVisible())) return;
      await this.page.keyboard.press('Escape');
      await this.hidden();
    }
    throw new Error(`there is no ${entry}`);
  }

  /** Opens it and types. What had the focus before, or has just been loaded, may take it meanwhile, which closes it. */
  async typeAfter(open: () => Promise<void>, text: string): Promise<void> {
    const deadline = Date.now() + patient(30_000);
    while (Date.now() < deadline) {
      await open();
      if (await inTime(this.#input.fill(text, { timeout: patient(1000) }))) return;
    }
    throw new Error('the list does not stay open');
  }

  private async appears(): Promise<boolean> {
    return inTime(this.#widget.waitFor({ timeout: patient(1000) }));
  }

  async shown(): Promise<void> {
    await this.#widget.waitFor();
  }

  /** One follows another without closing: this waits for the one with this title. */
  async titled(title: string): Promise<void> {
    await this.#widget.locator('.quick-input-title').filter({ hasText: title }).waitFor();
  }

  async hidden(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' });
  }

  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  async value(): Promise<string> {
    return this.#input.inputValue();
  }

  /** The entries that hold `text`. */
  entry(text: string | RegExp): Locator {
    return this.#widget.getByRole('option').filter({ hasText: text });
  }

  async entries(): Promise<string[]> {
    return this.#widget.getByRole('option').allInnerTexts();
  }

  async choose(text: string | RegExp): Promise<void> {
    // What the pointer rests on shows a text that can lie over the entries and take the click.
    await this.page.mouse.move(0, 0);
    await this.entry(text).first().click();
  }

  /**
   * Answers a file dialog by a path. Until it has looked at its first folder, it ignores clicks and puts that folder in
   * place of what was typed.
   */
  async answerDialog(path: string, button = 'OK'): Promise<void> {
    const deadline = Date.now() + patient(30_000);
    while (Date.now() < deadline && (await this.#widget.isVisible())) {
      // The dialog may close while it is typed into or clicked.
      await inTime(this.#input.fill(path, { timeout: patient(500) }));
      await this.page.waitForTimeout(200);
      const values = await this.#input.evaluateAll((inputs: HTMLInputElement[]) => inputs.map(({ value }) => value));
      if (!values.includes(path)) continue;
      await inTime(this.#widget.getByRole('button', { name: button }).click({ timeout: patient(500) }));
      await this.page.waitForTimeout(200);
    }
    await this.hidden();
  }

  async dismiss(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.hidden();
  }
}

/** Whether something is done before its time is out. */
async function inTime(done: Promise<unknown>): Promise<boolean> {
  try {
    await done;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
