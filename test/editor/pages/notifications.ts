import type { Locator, Page } from 'playwright-core';

export class Notifications {
  constructor(private readonly page: Page) {}

  /** The notification whose message holds `text`. */
  message(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text });
  }

  /** The messages that are on the screen. */
  async texts(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  async answer(text: string | RegExp, button: string): Promise<void> {
    await this.message(text).getByRole('button', { name: button }).click();
  }
}
