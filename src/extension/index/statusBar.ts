import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from 'vscode';
import type { Situation } from './situation';
import { statusView, tooltipCommands } from './statusText';
import { t } from '../../l10n/messages';

/** Kindred's place in the status bar. */
export class IndexStatusBar implements Disposable {
  readonly #item: StatusBarItem;

  constructor() {
    this.#item = window.createStatusBarItem('kindred.index', StatusBarAlignment.Right, 100);
    this.#item.name = t('Kindred Index');
    this.#item.command = 'kindred.indexMenu';
  }

  show(situation: Situation): void {
    const view = statusView(situation);
    if (view === undefined) {
      this.#item.hide();
      return;
    }
    const tooltip = new MarkdownString(view.tooltip);
    tooltip.isTrusted = { enabledCommands: tooltipCommands };
    this.#item.text = view.text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Kindred: ${view.text.replace(/\$\([^)]*\)\s*/g, '')}` };
    this.#item.backgroundColor =
      view.severity === 'none' ? undefined : new ThemeColor(`statusBarItem.${view.severity}Background`);
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
