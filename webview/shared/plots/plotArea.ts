import type { SequenceSummary } from '../../../src/protocol/engine';
import { element } from '../dom';
import { t } from '../l10n';
import { fileNameOf } from './laneSet';

/** Where the lanes of a plot are, which takes the keyboard's focus for all of them. */
export function plotArea(sequences: readonly SequenceSummary[], lanes: HTMLElement, selectable: boolean): HTMLElement {
  const keys = '+ - 0 ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight';
  const moving = t('Drag to zoom, Alt+drag to pan, Ctrl+wheel to zoom, double-click for all. Keys: + − 0 ← →');
  const selecting = selectable ? ` ${t('Shift+drag, or S, selects a part to search for.')}` : '';
  const attributes = {
    class: 'plot-area',
    role: 'group',
    tabindex: '0',
    'aria-label': t('Plot of {0}', sequences.map(fileNameOf).join(', ')),
    'aria-keyshortcuts': selectable ? `${keys} s` : keys,
    title: moving + selecting,
  };
  return element('div', attributes, lanes);
}
