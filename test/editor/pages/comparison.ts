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

  /** Waits until strips, channels and all sentences are there. */
  async explained(): Promise<void> {
    await this.node.locator('.strip-status', { hasText: 'not compared' }).waitFor();
    await this.node.locator('.strip:not([hidden])').first().waitFor();
    await this.node.locator('.reasons li').first().waitFor();
    await this.node.locator('.reasons-region [role=status]').waitFor({ state: 'hidden' });
  }

  /** The sentences that say why, from the first on. */
  get reasons(): Locator {
    return this.node.locator('.reasons li');
  }

  /** What opens the cards of features. */
  get details(): Locator {
    return this.node.locator('.by-feature summary');
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

  /** The curves and what is drawn behind them, as a key. */
  async pixels(): Promise<string> {
    return this.node.evaluate((node) =>
      [...node.querySelectorAll('.lane-plot canvas')]
        .map((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''))
        .join(' '),
    );
  }

  /** How many pixels of the canvases have the colour that the theme gives to `property`, up to rounding. */
  async pixelsOf(property: string): Promise<number> {
    return this.node.evaluate((node, name) => {
      const probe = node.appendChild(document.createElement('span'));
      probe.style.color = `var(${name})`;
      const [red = 0, green = 0, blue = 0] =
        getComputedStyle(probe)
          .color.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      probe.remove();
      let count = 0;
      for (const canvas of node.querySelectorAll('canvas')) {
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        for (let i = 0; i < data.length; i += 4) {
          const [r = 0, g = 0, b = 0, alpha = 0] = [data[i], data[i + 1], data[i + 2], data[i + 3]];
          if (alpha > 200 && Math.max(Math.abs(r - red), Math.abs(g - green), Math.abs(b - blue)) <= 2) count++;
        }
      }
      return count;
    }, property);
  }

  /** What stands beside the curves of the first lane for the place under the pointer. */
  get readout(): Locator {
    return this.node.locator('.lane-readout').first();
  }

  get position(): Locator {
    return this.node.locator('.plot-position');
  }
}
