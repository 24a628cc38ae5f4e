import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility';

/** The page for fine-tuning: labels, progress, report. */
export class FineTuningPage {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page
      .frameLocator('iframe.webview.ready[data-panel="kindred.fineTuning"]')
      .frameLocator('iframe#active-frame');
  }

  source(name: string): Locator {
    return this.frame.locator('.source').filter({ hasText: name });
  }

  /** The sets of the chosen source. */
  get sets(): Locator {
    return this.frame.locator('.set');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** What is being done now. */
  get stage(): Locator {
    return this.frame.locator('.stage');
  }

  get problem(): Locator {
    return this.frame.locator('.progress .problem');
  }

  /** What axe-core finds wrong with the page. */
  async accessibilityProblems(): Promise<readonly string[]> {
    return violationsIn(this.frame.locator('body'));
  }

  /** What the report says first. */
  get verdict(): Locator {
    return this.frame.locator('.verdict');
  }

  /** A figure of the report by its row and its column: 1 before, 2 after. */
  async figure(row: number, column: number): Promise<number> {
    const cell = this.frame
      .locator('.figures tbody tr')
      .nth(row)
      .locator('td')
      .nth(column - 1);
    return Number(await cell.locator('.number').innerText());
  }
}
