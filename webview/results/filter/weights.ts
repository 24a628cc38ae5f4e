import type { PanelResults } from '../../../src/protocol/panel';
import { element, isolated, setText } from '../../shared/dom';
import { formatDecimals } from '../../../src/l10n/numbers';
import { t } from '../../shared/l10n';
import { channelName } from '../../shared/plots/legend';
import { popup } from './popup';

/** The largest weight that a slider gives; equal weights count 1. */
const largest = 3;

/** Milliseconds between two rankings while a slider is drawn. */
const slidingRest = 60;

/** Which channels count for the distance, and how much. */
export class ChannelWeights {
  readonly node: HTMLElement;
  private readonly shell = popup(t('Channels'), 'channels');
  private readonly list = element('div', { class: 'channel-list' });
  private weights: number[] = [];
  private layout = '';
  private rows: readonly ChannelRow[] = [];
  private timer = 0;
  /** Whether weights were set that the list does not follow yet. */
  private isAhead = false;

  constructor(private readonly choose: (weights: number[] | null) => void) {
    this.node = this.shell.node;
    const reset = element('button', { class: 'quiet', type: 'button' }, t('All alike'));
    reset.addEventListener('click', () => {
      this.weights = this.weights.map(() => 1);
      this.draw();
      this.saySoon();
    });
    const hint = element('p', { class: 'popup-hint' }, t('How much each channel counts for the distance'));
    this.shell.content.append(hint, this.list, reset);
  }

  /** @param same whether the results answer the same question as those before: weights that are being set stay */
  update({ query, scope, weights }: PanelResults, same: boolean): void {
    this.shell.setShown(scope === 'layout' && query.channels.length > 1);
    const layout = JSON.stringify(query.channels);
    if (layout !== this.layout) {
      this.layout = layout;
      this.rows = query.channels.map((name, index) =>
        channelRow(channelName(name, index), (weight) => {
          this.setWeight(index, weight);
        }),
      );
      this.list.replaceChildren(...this.rows.map(({ node }) => node));
    }
    if (this.isAhead && same) return;
    clearTimeout(this.timer);
    this.isAhead = false;
    this.weights = query.channels.map((_, index) => weights?.[index] ?? 1);
    this.draw();
  }

  private setWeight(index: number, weight: number): void {
    const next = this.weights.map((other, at) => (at === index ? weight : other));
    // Something has to be compared.
    if (next.some((each) => each !== 0)) {
      this.weights = next;
      this.saySoon();
    }
    this.draw();
  }

  private saySoon(): void {
    clearTimeout(this.timer);
    this.isAhead = true;
    this.timer = window.setTimeout(() => {
      this.isAhead = false;
      const { weights } = this;
      this.choose(weights.every((weight) => weight === weights[0]) ? null : [...weights]);
    }, slidingRest);
  }

  private draw(): void {
    this.rows.forEach((row, index) => {
      row.show(this.weights[index] ?? 1);
    });
    this.shell.setCount(this.weights.filter((weight) => weight !== 1).length);
  }
}

interface ChannelRow {
  readonly node: HTMLElement;
  show(weight: number): void;
}

function channelRow(name: string, set: (weight: number) => void): ChannelRow {
  const check = element('input', { type: 'checkbox', 'aria-label': name });
  const slider = element('input', {
    type: 'range',
    min: '0',
    max: String(largest),
    step: '0.1',
    'aria-label': t('Weight of {0}', name),
  });
  const value = element('span', { class: 'weight' });
  check.addEventListener('change', () => {
    set(check.checked ? 1 : 0);
  });
  slider.addEventListener('input', () => {
    set(slider.valueAsNumber);
  });
  return {
    node: element('div', { class: 'channel-row' }, check, isolated('channel-name', name), slider, value),
    show: (weight) => {
      check.checked = weight > 0;
      if (slider.valueAsNumber !== weight) slider.valueAsNumber = weight;
      setText(value, `×${formatDecimals(weight, 1)}`);
    },
  };
}
