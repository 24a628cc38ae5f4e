import type { Locator, Page } from 'playwright-core';

/** Kindred's views in the side bar. */
export class SideBar {
  constructor(private readonly page: Page) {}

  /** Shows it by its icon, which would hide it if it were there. @param first the title of its first view */
  async open(first = 'Index'): Promise<void> {
    if (!(await this.view(first).isVisible()))
      await this.page.locator('.activitybar').getByRole('tab', { name: 'Kindred' }).click();
    await this.view(first).waitFor();
  }

  /** The view with this title. */
  view(title: string): Locator {
    return this.page
      .locator('.part.sidebar .pane')
      .filter({ has: this.page.getByRole('button', { name: `${title} Section` }) });
  }

  /** The line of a view that holds `text`. */
  line(title: string, text: string | RegExp): Locator {
    return this.view(title).getByRole('treeitem').filter({ hasText: text }).first();
  }

  /** Opens a view that is closed. */
  async expand(title: string): Promise<void> {
    const header = this.page.locator('.part.sidebar').getByRole('button', { name: `${title} Section` });
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }
}
