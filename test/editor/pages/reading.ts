import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility';

/** The page that shows how a file is read. */
export class ReadingPage {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page
      .frameLocator('iframe.webview.ready[data-panel="kindred.reading"]')
      .frameLocator('iframe#active-frame');
  }

  /** Waits until the page is about a file and shows how it is read. */
  async about(name: string): Promise<void> {
    await this.frame.locator('.reading-file', { hasText: name }).waitFor();
    await this.settled();
  }

  /** Waits until nothing is read any more. */
  async settled(): Promise<void> {
    await this.frame.locator('.reading-result[aria-busy="false"]').waitFor();
  }

  field(label: string): Locator {
    return this.frame.getByLabel(label, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  /** A line of the sequences as they are read. */
  get sequences(): Locator {
    return this.frame.locator('.sequences li');
  }

  get count(): Locator {
    return this.frame.locator('.count');
  }

  get done(): Locator {
    return this.frame.locator('.done');
  }

  get problem(): Locator {
    return this.frame.locator('.problem:visible');
  }

  /** The words for what columns were taken for. */
  get columnRoles(): Locator {
    return this.frame.locator('.cells thead .role');
  }

  get rowRoles(): Locator {
    return this.frame.locator('.cells tbody .role');
  }

  /** Moves the focus by the Tab key until it is on an element. */
  async tabTo(element: Locator): Promise<void> {
    for (let presses = 0; presses < 200; presses++) {
      if (await element.evaluate((node) => node.ownerDocument.activeElement === node)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('the Tab key does not get there');
  }

  /** Whether the element with the focus shows so. */
  async focusIsVisible(element: Locator): Promise<boolean> {
    return element.evaluate((node) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(node);
      return outlineStyle !== 'none' && outlineWidth !== '0px';
    });
  }

  /** What axe-core finds wrong with the page. */
  async accessibilityProblems(): Promise<readonly string[]> {
    return violationsIn(this.frame.locator('body'));
  }
}
