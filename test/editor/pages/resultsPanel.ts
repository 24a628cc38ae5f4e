import type { FrameLocator, Page } from 'playwright-core';

/** The panel with the ranked matches: a web page inside two frames. */
export class ResultsPanel {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }
}
