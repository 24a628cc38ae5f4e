import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility';
import { PlotView } from './comparison';

/** The editor that shows a recording: of the active group, or the only one. */
export class RecordingPage {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page
      .frameLocator('iframe.webview.ready[data-panel^="kindred.recording"]')
      .frameLocator('iframe#active-frame');
  }

  /** Waits until the page shows the file called `name`, and nothing is read any more. */
  async shows(name: string): Promise<void> {
    await this.frame.locator('h1 .file', { hasText: name }).waitFor();
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.frame.locator('main[aria-busy="false"]').waitFor();
  }

  get facts(): Locator {
    return this.frame.locator('.facts');
  }

  get plots(): PlotView {
    return new PlotView(this.frame.locator('.plot-group'));
  }

  get problem(): Locator {
    return this.frame.locator('.problem:visible');
  }

  /** The stretch in sight, on the drawing of the whole. */
  get sight(): Locator {
    return this.frame.locator('.overview-window');
  }

  get overview(): Locator {
    return this.frame.locator('.overview');
  }

  /** The lines of the table of channels. */
  get channels(): Locator {
    return this.frame.locator('.channels tbody tr');
  }

  /** The values at the cursor. */
  get values(): Locator {
    return this.frame.locator('.channels td.channel-value');
  }

  /** The sequences of the file that are in sight of their list. */
  get sequences(): Locator {
    return this.frame.locator('.sequence-row');
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name }).first();
  }

  /** What axe-core finds wrong with the page. */
  async accessibilityProblems(): Promise<readonly string[]> {
    return violationsIn(this.frame.locator('body'));
  }
}
