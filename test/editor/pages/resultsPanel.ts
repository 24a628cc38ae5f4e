import type { FrameLocator, Locator, Page } from 'playwright-core';
import { violationsIn } from './accessibility';
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
    return this.page
      .frameLocator('iframe.webview.ready[data-panel]:not([data-panel^="kindred."])')
      .frameLocator('iframe#active-frame');
  }

  /** The name of the file that is the query. */
  get query(): Locator {
    return this.frame.locator('.query-file .file');
  }

  /** The rows that exist: those in sight and some beyond. */
  get rows(): Locator {
    return this.frame.locator('.rows > .row');
  }

  /** The title of what stands in place of matches. */
  get notice(): Locator {
    return this.frame.locator('.notice h2');
  }

  /** The colours that the page has taken from the theme. */
  async colours(): Promise<{ readonly text: string; readonly surface: string }> {
    return this.frame.locator('body').evaluate((body) => {
      const { color, backgroundColor } = getComputedStyle(body);
      return { text: color, surface: backgroundColor };
    });
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
  async showsMatchesOf(query: string | RegExp): Promise<void> {
    await this.frame.locator('.query-file .file', { hasText: query }).waitFor();
    await this.frame.locator('main[aria-busy="false"]').waitFor();
    await this.rows.first().waitFor();
  }

  /** Waits until the index is complete and the matches are of the complete index, which takes no help of the user. */
  async isUpToDate(): Promise<void> {
    await this.index.filter({ hasText: /^[\d,]+ files? indexed$/ }).waitFor();
    await this.news.waitFor({ state: 'hidden' });
    await this.frame.locator('h2 .count', { hasText: /^[\d,]+$/ }).waitFor();
    await this.frame.locator('main[aria-busy="false"]').waitFor();
  }

  /** How much has changed since the list was made, where something has. */
  get news(): Locator {
    return this.frame.locator('.news');
  }

  /** Waits until the index is complete, and has the list made again when that has changed since. */
  async bringUpToDate(): Promise<void> {
    await this.index.filter({ hasText: /^[\d,]+ files? indexed$/ }).waitFor();
    if (await this.news.isVisible()) await this.button('Refresh').click();
    await this.isUpToDate();
  }

  /** How many rows the whole list has. */
  async count(): Promise<number> {
    return Number(await this.frame.locator('.matches').getAttribute('aria-rowcount')) - 1;
  }

  /** All matches in the order in which they are listed: the list is scrolled through, and back. */
  async matches(): Promise<ShownMatch[]> {
    return this.frame.locator('.matches').evaluate(async (list) => {
      const nextFrame = () => new Promise(requestAnimationFrame);
      const text = (row: Element, selector: string) => row.querySelector(selector)?.textContent.trim() ?? '';
      const before = window.scrollY;
      const lengthNow = () => Number(list.getAttribute('aria-rowcount')) - 1;
      const found = new Map<number, ShownMatch>();
      let length = lengthNow();
      for (let frame = 0; found.size < length && frame < 2000; frame++) {
        for (const row of list.querySelectorAll('.rows > .row:not(.coming, .group)')) {
          const index = Number(row.getAttribute('aria-rowindex'));
          found.set(index, {
            rank: Number(text(row, '.rank-number').replaceAll(',', '')),
            file: row.querySelector<HTMLElement>('.name .file')?.title ?? '',
            label: text(row, '.label-cell'),
            distance: Number(text(row, '.distance-number')),
          });
        }
        const missing = Array.from({ length }, (_, at) => at + 2).find((index) => !found.has(index)) ?? 2;
        const height = list.querySelector<HTMLElement>('.probe')?.offsetHeight ?? 64;
        const top = list.querySelector('.rows')!.getBoundingClientRect().top + window.scrollY;
        window.scrollTo({ top: top + (missing - 2) * height - window.innerHeight / 2, behavior: 'instant' });
        await nextFrame();
        await nextFrame();
        // Another list has taken its place meanwhile.
        if (lengthNow() !== length) found.clear();
        length = lengthNow();
      }
      window.scrollTo({ top: before, behavior: 'instant' });
      await nextFrame();
      await nextFrame();
      return [...found].sort(([a], [b]) => a - b).map(([, match]) => match);
    });
  }

  async clickMatch(rank: number): Promise<void> {
    await this.row(rank).locator('.recording .name .file').click();
  }

  /** Makes a match the new query, by the button on its row. */
  async searchFrom(rank: number): Promise<void> {
    await this.row(rank).hover();
    await this.row(rank).getByRole('button', { name: 'Find similar' }).click();
  }

  row(rank: number): Locator {
    return this.frame.locator(`.row[aria-rowindex="${rank + 1}"]`);
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name }).first();
  }

  /** The field that filters by text. */
  get filter(): Locator {
    return this.frame.getByRole('textbox', { name: 'Filter', exact: true });
  }

  /** The conditions of the filter, as they stay in sight. */
  conditions(): Promise<string[]> {
    return this.frame.locator('.conditions .chip-text').allInnerTexts();
  }

  /** What is said of the selection, or nothing. */
  get selection(): Locator {
    return this.frame.locator('.selection-text');
  }

  async choose(list: string, entry: string): Promise<void> {
    await this.frame.getByRole('combobox', { name: list }).selectOption({ label: entry });
  }

  /** The heads of the groups in sight. */
  get groups(): Locator {
    return this.frame.locator('.rows > .row.group');
  }

  /** Chooses an entry of a row's context menu, which the editor draws outside of the page. */
  async chooseInContextMenu(rank: number, entry: string): Promise<void> {
    await this.row(rank).locator('.facts').click({ button: 'right' });
    const menu = this.page.locator('.context-view .monaco-menu').first();
    await menu.waitFor();
    const item = menu.getByRole('menuitem', { name: entry });
    await item.hover();
    await item.click();
    await menu.waitFor({ state: 'hidden' });
  }

  /** What axe-core finds wrong with the page. */
  async accessibilityProblems(): Promise<readonly string[]> {
    return violationsIn(this.frame.locator('body'));
  }

  /** Whether the curve of a row is drawn. */
  async drawnPlots(): Promise<number> {
    return this.rows.locator('svg path[d^="M"]').count();
  }

  async chooseScope(scope: 'This layout' | 'All layouts'): Promise<void> {
    await this.frame.getByRole('radio', { name: scope }).click();
  }
}
