import { recordings } from '../../../src/l10n/nouns';
import { mostOpened, type FromOverviewPage } from '../../../src/protocol/overviewPage';
import { mostInSet } from '../../../src/protocol/sequences';
import { textButton } from '../../shared/controls';
import { element, setText } from '../../shared/dom';
import { t } from '../../shared/l10n';
import type { MapModel } from './mapModel';

/** How many recordings are selected, and what can be done with them. */
export class SelectionActions {
  readonly node: HTMLElement;
  private readonly text = element('span', { class: 'selection-text', role: 'status' });
  private readonly similar: HTMLElementTagNameMap['vscode-button'];
  private readonly needing: readonly HTMLElementTagNameMap['vscode-button'][];
  private readonly python: HTMLElementTagNameMap['vscode-button'];
  private readonly open: HTMLElementTagNameMap['vscode-button'];
  private readonly compare: HTMLElementTagNameMap['vscode-button'];

  constructor(
    private readonly model: MapModel,
    private readonly post: (message: FromOverviewPage) => void,
  ) {
    const label = textButton('primary', t('Set Label...'), () => {
      this.act('setLabel');
    });
    label.title = t('Set Label...') + ' (L)';
    this.similar = textButton('secondary', t('Find Similar'), () => {
      this.act('findSimilar');
    });
    this.open = textButton('secondary', t('Open'), () => {
      this.act('open');
    });
    this.python = textButton('secondary', t('Copy as Python'), () => {
      const { list, selected } = model;
      if (list !== null) post({ type: 'copyPython', refs: [...selected].map((i) => list.ref(i)) });
    });
    this.compare = textButton('secondary', t('Compare'), () => {
      this.compareBoth();
    });
    const tune = textButton('secondary', t('Fine-Tune...'), () => {
      post({ type: 'fineTune' });
    });
    tune.title = t('Train the encoder on the labels');
    const clear = textButton('secondary', t('Clear Selection'), () => {
      model.select([]);
    });
    this.needing = [label, clear];
    const buttons = [label, this.similar, this.compare, this.open, this.python, tune, clear];
    this.node = element('div', { class: 'map-selection' }, this.text, ...buttons);
    this.draw();
    model.onChange((change) => {
      if (change === 'points' || change === 'selection') this.draw();
    });
  }

  /** Does something with what is selected, or else with the point in focus. */
  act(type: 'setLabel' | 'findSimilar' | 'open'): void {
    const { list, selected, active } = this.model;
    const points = selected.size > 0 ? [...selected] : active === null ? [] : [active];
    if (list !== null && points.length > 0) this.post({ type, refs: points.map((i) => list.ref(i)) });
  }

  private compareBoth(): void {
    const { list, selected } = this.model;
    const [one, other] = [...selected];
    if (list === null || one === undefined || other === undefined) return;
    this.post({ type: 'compare', refs: [list.ref(one), list.ref(other)] });
  }

  private draw(): void {
    const { size } = this.model.selected;
    this.node.classList.toggle('nothing-selected', size === 0);
    setText(this.text, size === 0 ? t('Nothing selected') : t('{0} selected', recordings(size)));
    for (const button of this.needing) button.disabled = size === 0;
    setText(this.similar, size > 1 ? t('Find Similar to All') : t('Find Similar'));
    this.similar.disabled = size === 0 || size > mostInSet + 1;
    this.python.title =
      size === 0
        ? t('Copy a notebook cell that gives all these recordings')
        : t('Copy a notebook cell that gives the selected recordings');
    this.compare.disabled = size !== 2;
    this.open.disabled = size === 0 || size > mostOpened;
  }
}
