import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility';

/** The page that lists parts of recordings. */
export class WindowsPage {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page
      .frameLocator('iframe.webview.ready[data-panel="kindred.windows"]')
      .frameLocator('iframe#active-frame');
  }

  /** Waits until a search has ended, with something to say of it. */
  async settled(): Promise<void> {
    await this.frame.locator('main[aria-busy="false"]').waitFor();
  }

  get rows(): Locator {
    return this.frame.locator('.window-row');
  }

  /** Where in its recording each listed part lies. */
  get places(): Locator {
    return this.frame.locator('.window-place');
  }

  get status(): Locator {
    return this.frame.locator('.windows-status');
  }

  get problem(): Locator {
    return this.frame.locator('.problem:visible');
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name }).first();
  }

  /** What axe-core finds wrong with the page. */
  async accessibilityProblems(): Promise<readonly string[]> {
    return violationsIn(this.frame.locator('body'));
  }
}
