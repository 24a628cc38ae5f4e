import { sameLabel, type SequenceSummary } from '../../src/protocol/sequences';
import type { FoundWindow } from '../../src/protocol/windows';
import type { FromWindowsPage } from '../../src/protocol/windowsPage';
import type { Asker } from '../shared/ask';
import { iconButton, linkButton } from '../shared/controls';
import { element } from '../shared/dom';
import { formatCount, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { labelBadge, recordingName } from '../shared/recordingName';
import { spanText } from './spanText';
import { WindowCurve } from './windowCurve';

/** A window of the list: its recording, where in it the window lies, and how far it is. */
export class WindowRow {
  readonly node: HTMLElement;
  private readonly name: HTMLButtonElement;
  private readonly curve: WindowCurve;
  private readonly key: string;

  constructor(
    found: FoundWindow,
    query: SequenceSummary,
    distance: string,
    asker: Asker,
    post: (message: FromWindowsPage) => void,
  ) {
    const { rank, sequence, span } = found;
    this.key = keyOf(found, query, distance);
    const open = (): void => {
      post({ type: 'open', rank });
    };
    const [file, ...others] = recordingName(sequence);
    this.name = linkButton('window-file', open, file);
    this.name.title = t('Show this part in {0}', printable(sequence.file));
    const label = sequence.label === null ? null : labelBadge(sequence.label, sameLabel(query, sequence));
    const place = element('span', { class: 'window-place' }, spanText(span, sequence.rate));
    const far = element('span', { class: 'window-distance', title: t('Distance') }, distance);
    const again = iconButton('compare', t('Find parts like this one'), null, () => {
      post({ type: 'search', rank });
    });
    this.curve = new WindowCurve(asker, sequence, span, 'match');
    const about = element('div', { class: 'window-about' }, this.name, ...others, label, place);
    const number = element('span', { class: 'window-rank', 'aria-hidden': 'true' }, formatCount(rank));
    this.node = element('li', { class: 'window-row' }, number, about, far, again, this.curve.node);
    this.node.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('button, vscode-button') === null) open();
    });
  }

  /** Whether it is what would be made of these. */
  shows(...made: Parameters<typeof keyOf>): boolean {
    return this.key === keyOf(...made);
  }

  focus(): void {
    this.name.focus();
    this.node.scrollIntoView({ block: 'nearest' });
  }

  destroy(): void {
    this.curve.destroy();
  }
}

function keyOf({ rank, sequence, span }: FoundWindow, query: SequenceSummary, distance: string): string {
  return JSON.stringify([rank, sequence, span, sameLabel(query, sequence), distance]);
}
