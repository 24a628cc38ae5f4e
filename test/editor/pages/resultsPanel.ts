import type { FrameLocator, Locator, Page } from 'playwright-core';
import { ComparisonView, PlotView } from './comparison';

export interface ShownMatch {
  readonly rank: number;
  /** The file's path from the workspace folder. */
  readonly file: string;
  readonly label: string;
  readonly distance: number;
}

/** The panel with the ranked matches: a web page inside two frames. */
export class ResultsPanel {
  constructor(private readonly page: Page) {}

  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The name of the file that is the query. */
  get query(): Locator {
    return this.frame.locator('.query-file .file');
  }

  get rows(): Locator {
    return this.frame.getByRole('grid').locator('.row:not(.head)');
  }

  /** The title of what stands in place of matches. */
  get notice(): Locator {
    return this.frame.locator('.notice h2');
  }

  /** The plot of the query. */
  get queryPlot(): PlotView {
    return new PlotView(this.frame.locator('.query .plot-group'));
  }

  get comparison(): ComparisonView {
    return new ComparisonView(this.frame);
  }

  /** How far the index is. */
  get index(): Locator {
    return this.frame.locator('.index-text');
  }

  /** Waits until the panel shows matches of the file called `query`, complete and not of the query before. */
  async showsMatchesOf(query: string): Promise<void> {
    await this.frame.locator('.query-file .file', { hasText: query }).waitFor({ timeout: 30_000 });
    await this.frame.locator('main[aria-busy="false"]').waitFor();
    await this.rows.first().waitFor();
  }

  /** Waits until the index is complete and the matches are of the complete index, which takes no help of the user. */
  async isUpToDate(): Promise<void> {
    await this.index.filter({ hasText: /^[\d,]+ files? indexed$/ }).waitFor({ timeout: 60_000 });
    await this.button('Search again').waitFor({ state: 'hidden' });
    await this.frame.locator('main[aria-busy="false"]').waitFor();
  }

  /** The matches as they are shown, nearest first. */
  async matches(): Promise<ShownMatch[]> {
    const rows = await this.rows.all();
    return Promise.all(rows.map(readRow));
  }

  async clickMatch(rank: number): Promise<void> {
    await this.row(rank).locator('.recording .name .file').click();
  }

  /** Makes a match the new query, by the button on its row. */
  async searchFrom(rank: number): Promise<void> {
    await this.row(rank).getByRole('button', { name: 'Find similar to this' }).click();
  }

  row(rank: number): Locator {
    return this.frame.locator(`.row[aria-rowindex="${rank + 1}"]`);
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name }).first();
  }

  /** Whether the curve of a row is drawn. */
  async drawnPlots(): Promise<number> {
    return this.rows.locator('svg path[d^="M"]').count();
  }

  async chooseScope(scope: 'This layout' | 'All layouts'): Promise<void> {
    await this.frame.getByRole('radio', { name: scope }).click();
  }
}

async function readRow(row: Locator): Promise<ShownMatch> {
  const [rank, file, label, distance] = await Promise.all([
    row.locator('.rank').innerText(),
    row.locator('.name .file').getAttribute('title'),
    row.locator('.label-cell').innerText(),
    row.locator('.distance-number').innerText(),
  ]);
  return { rank: Number(rank), file: file ?? '', label: label.trim(), distance: Number(distance.replaceAll(',', '')) };
}
