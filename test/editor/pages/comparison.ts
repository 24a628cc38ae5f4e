import type { FrameLocator, Locator } from 'playwright-core';

/** The view of the panel that compares the query with matches. */
export class ComparisonView {
  constructor(private readonly frame: FrameLocator) {}

  get node(): Locator {
    return this.frame.locator('.comparison');
  }

  get title(): Locator {
    return this.node.locator('h2');
  }

  /** The distance that is explained, as it is shown. */
  async distance(): Promise<number> {
    const text = await this.node.locator('.shown-distance').innerText();
    return Number(/[\d.]+$/.exec(text)?.[0]);
  }

  get plots(): PlotView {
    return new PlotView(this.node.locator('.plot-group'));
  }

  get chips(): Locator {
    return this.node.locator('.compared .chip[aria-pressed]');
  }

  /** Waits until strips, channels and features are there. */
  async explained(): Promise<void> {
    await this.node.locator('.strip-status', { hasText: 'not compared' }).waitFor();
    await this.node.locator('.strip:not([hidden])').first().waitFor();
    await this.node.locator('.feature .passage').first().waitFor();
  }

  /** What the channels add, and the sum below them. */
  async parts(): Promise<{ readonly parts: readonly number[]; readonly sum: number }> {
    const cells = this.node.locator('.parts');
    const parts = await cells.locator('tbody td.number:not(.dim)').allInnerTexts();
    const sum = await cells.locator('tfoot td.number:not(.dim)').innerText();
    return { parts: parts.map(Number), sum: Number(sum) };
  }

  button(name: string | RegExp): Locator {
    return this.node.getByRole('button', { name }).first();
  }

  radio(name: string): Locator {
    return this.node.getByRole('radio', { name });
  }
}

/** Recordings drawn on one time axis. */
export class PlotView {
  constructor(readonly node: Locator) {}

  get area(): Locator {
    return this.node.locator('.plot-area');
  }

  get lanes(): Locator {
    return this.node.locator('.lane');
  }

  button(name: string): Locator {
    return this.node.getByRole('button', { name }).first();
  }

  /** Waits until something is drawn: pixels in the curve's lane that are not empty. */
  async drawn(): Promise<void> {
    await this.node.locator('.plot-area:not(.waiting) canvas').first().waitFor();
  }

  /** What stands beside the curves of the first lane for the place under the pointer. */
  get readout(): Locator {
    return this.node.locator('.lane-readout').first();
  }

  get position(): Locator {
    return this.node.locator('.plot-position');
  }
}
