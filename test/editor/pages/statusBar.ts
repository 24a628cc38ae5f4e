import type { Locator, Page } from 'playwright-core';

export class StatusBar {
  readonly #bar: Locator;

  constructor(page: Page) {
    this.#bar = page.locator('.part.statusbar');
  }

  /** The item whose text holds `text`. */
  item(text: string | RegExp): Locator {
    return this.#bar.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  async texts(): Promise<string[]> {
    return this.#bar.locator('.statusbar-item').allInnerTexts();
  }
}
