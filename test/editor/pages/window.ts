import type { Browser, Frame, Locator, Page } from 'playwright-core';
import type { Report } from '../../../src/extension/diagnostics/report';
import { Explorer } from './explorer';
import { FineTuningPage } from './fineTuning';
import { Notifications } from './notifications';
import { OverviewPage } from './overview';
import { QuickInput } from './quickInput';
import { ReadingPage } from './reading';
import { RecordingPage } from './recording';
import { ResultsPanel } from './resultsPanel';
import { SideBar } from './sideBar';
import { StatusBar } from './statusBar';
import { WindowsPage } from './windows';
import { patient } from '../../../src/dev/patience';

const viewport = { width: 1400, height: 900 };

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

const themeNames: Readonly<Record<Theme, string>> = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
};

/** The class that the body of a page has in each theme; the last one stays, for all windows of the editor share it. */
export const themeClasses: readonly (readonly [Theme, string])[] = [
  ['high-contrast', 'vscode-high-contrast'],
  ['high-contrast-light', 'vscode-high-contrast-light'],
  ['dark', 'vscode-dark'],
  ['light', 'vscode-light'],
];

/** The colours of text and background that each theme declares. */
export const themeColours: Readonly<Record<Theme, { readonly text: string; readonly surface: string }>> = {
  light: { text: 'rgb(59, 59, 59)', surface: 'rgb(255, 255, 255)' },
  dark: { text: 'rgb(204, 204, 204)', surface: 'rgb(31, 31, 31)' },
  'high-contrast': { text: 'rgb(255, 255, 255)', surface: 'rgb(0, 0, 0)' },
  'high-contrast-light': { text: 'rgb(41, 41, 41)', surface: 'rgb(255, 255, 255)' },
};

/** One window of VS Code in the browser. Every window starts with a browser profile of its own, so untrusted. */
export class EditorWindow {
  readonly explorer: Explorer;
  readonly statusBar: StatusBar;
  readonly notifications: Notifications;
  readonly quickInput: QuickInput;
  readonly results: ResultsPanel;
  readonly fineTuning: FineTuningPage;
  readonly sideBar: SideBar;
  readonly reading: ReadingPage;
  readonly recording: RecordingPage;
  readonly windows: WindowsPage;
  readonly overview: OverviewPage;

  private constructor(readonly page: Page) {
    this.explorer = new Explorer(page);
    this.statusBar = new StatusBar(page);
    this.notifications = new Notifications(page);
    this.quickInput = new QuickInput(page);
    this.results = new ResultsPanel(page);
    this.fineTuning = new FineTuningPage(page);
    this.sideBar = new SideBar(page);
    this.reading = new ReadingPage(page);
    this.recording = new RecordingPage(page);
    this.windows = new WindowsPage(page);
    this.overview = new OverviewPage(page);
  }

  /** Opens `url` (see `addressOf`) in a language, and waits until its files are listed. */
  static async open(browser: Browser, url: string, language = 'en'): Promise<EditorWindow> {
    const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
    context.setDefaultTimeout(patient(30_000));
    // Without a language pack the editor's own texts stay English, but extensions are told the language.
    await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    const window = new EditorWindow(await context.newPage());
    nameFrames(window.page);
    await window.page.goto(url);
    await window.explorer.shown();
    return window;
  }

  /** Trusts the folder by way of the button in the status bar, as a user does. */
  async trust(): Promise<void> {
    await this.statusBar.item('Restricted Mode').click();
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await this.statusBar.item('Restricted Mode').waitFor({ state: 'hidden' });
    await this.runCommand('View: Close Editor');
  }

  /** Runs a command by its title in the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.openOn('F1', `>${title}`, title);
    await this.quickInput.choose(title);
  }

  /** Opens a file in an editor by its path from the workspace folder. */
  async openFile(path: string): Promise<void> {
    await this.quickInput.openWith('Control+p', path);
    const name = path.split('/').at(-1) ?? path;
    // The list starts with recent files and is filtered later, so its first entry may be another file.
    await this.quickInput.choose(name);
    await this.tab(name).waitFor();
  }

  /** The tab of the editor with this title. */
  tab(title: string | RegExp): Locator {
    return this.page.getByRole('tab', { name: title }).first();
  }

  /** The button in the title bar of the active editor with this name. */
  titleAction(name: string): Locator {
    return this.page.locator('.editor-group-container.active .editor-actions').getByRole('button', { name }).first();
  }

  /** The text of the only editor on the screen. An editor draws just the lines in sight, so the window is made tall. */
  async editorText(): Promise<string> {
    await this.page.setViewportSize({ ...viewport, height: 6000 });
    const lines = this.page.locator('.editor-group-container.active .monaco-editor .view-line');
    await lines.first().waitFor();
    // Lines are placed by their style, in no order.
    const drawn = await lines.evaluateAll((elements) =>
      elements.map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent })),
    );
    await this.page.setViewportSize(viewport);
    return drawn
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /** What **Kindred: Show Diagnostics** shows, in a document that is closed again. */
  async diagnostics(): Promise<Report> {
    await this.runCommand('Kindred: Show Diagnostics');
    await this.tab('Kindred diagnostics.json').waitFor();
    const report = await this.readReport();
    await this.runCommand('View: Close Editor');
    return report;
  }

  /** The editor draws its lines over some frames: the text is complete when it is JSON. */
  private async readReport(): Promise<Report> {
    const deadline = Date.now() + patient(15_000);
    for (;;) {
      try {
        return JSON.parse(await this.editorText()) as Report;
      } catch (error) {
        if (!(error instanceof SyntaxError) || Date.now() > deadline) throw error;
        await this.page.evaluate(() => new Promise(requestAnimationFrame));
      }
    }
  }

  /** Reloads the window by its command: a browser's own reload does not wait until the editor has saved its state. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.explorer.shown();
  }

  async useTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.type(themeNames[theme]);
    await this.quickInput.choose(themeNames[theme]);
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/**
 * Gives the frame that the editor makes for a page the name of the page's panel, to find it by. The page itself is not told
 * of its parents, which come from another origin in older editors.
 */
function nameFrames(page: Page): void {
  page.on('framenavigated', (frame) => {
    nameFrame(frame).then(undefined, () => {
      // It is no page of the extension, or has gone.
    });
  });
}

async function nameFrame(frame: Frame): Promise<void> {
  const panel = await frame.locator('#root[data-panel]').getAttribute('data-panel');
  const outer = await frame.parentFrame()?.frameElement();
  await outer?.evaluate((element, name) => {
    (element as HTMLElement).dataset['panel'] = name ?? '';
  }, panel);
}
