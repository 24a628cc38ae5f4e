import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility';
import { colouredPixels } from './pixels';

/** The page that shows a whole folder. */
export class OverviewPage {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page
      .frameLocator('iframe.webview.ready[data-panel="kindred.overview"]')
      .frameLocator('iframe#active-frame');
  }

  /** Waits until the map has settled, with so many recordings. */
  async settled(recordings: string): Promise<void> {
    await this.frame.locator('.stage-text', { hasText: new RegExp(`^${recordings}$`) }).waitFor();
    await this.frame.locator('.map-empty').waitFor({ state: 'hidden' });
  }

  /** What the chosen tab shows. */
  get panel(): Locator {
    return this.frame.locator('[role="tabpanel"]:visible');
  }

  get problem(): Locator {
    return this.frame.locator('.problem:visible');
  }

  get canvases(): Locator {
    return this.frame.locator('.map-canvases');
  }

  async colouredPixels(): Promise<number> {
    return colouredPixels(await this.canvases.screenshot());
  }

  async loseWebgl(): Promise<void> {
    await this.frame
      .locator('canvas.map-points')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const loss = canvas.getContext('webgl')?.getExtension('WEBGL_lose_context');
        Object.assign(canvas, { loss });
        loss?.loseContext();
      });
  }

  async restoreWebgl(): Promise<void> {
    await this.frame
      .locator('canvas.map-points')
      .first()
      .evaluate((canvas) => {
        (canvas as unknown as { loss: WEBGL_lose_context }).loss.restoreContext();
      });
  }

  get map(): Locator {
    return this.frame.locator('.map');
  }

  /** What is said of the point that one comes to by a key. */
  get spoken(): Locator {
    return this.map.locator('[aria-live]');
  }

  get selection(): Locator {
    return this.frame.locator('.selection-text');
  }

  get rows(): Locator {
    return this.frame.locator('.point-rows .point-row');
  }

  /** The findings of the check that is shown. */
  get findings(): Locator {
    return this.frame.locator('.tab-panel:not([hidden]) .finding');
  }

  tab(name: string | RegExp): Locator {
    return this.frame.getByRole('tab', { name });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name }).first();
  }

  /** What axe-core finds wrong with the page. */
  async accessibilityProblems(): Promise<readonly string[]> {
    return violationsIn(this.frame.locator('body'));
  }
}
