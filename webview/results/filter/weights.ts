import type { PanelResults } from '../../../src/protocol/panel';
import { element, isolated, setText } from '../../shared/dom';
import { formatDecimals } from '../../../src/l10n/numbers';
import { printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { popup } from './popup';

/** The largest weight that a slider gives; equal weights count 1. */
const largest = 3;

/** Milliseconds between two rankings while a slider is drawn. */
const slidingRest = 60;

export interface ChannelWeights {
  readonly node: HTMLElement;
  update(results: PanelResults): void;
}

/** Which channels count for the distance, and how much. */
export function channelWeights(choose: (weights: number[] | null) => void): ChannelWeights {
  const shell = popup(t('Channels'), 'channels');
  const list = element('div', { class: 'channel-list' });
  const reset = element('button', { class: 'quiet', type: 'button' }, t('All alike'));
  shell.content.append(
    element('p', { class: 'popup-hint' }, t('How much each channel counts for the distance')),
    list,
    reset,
  );
  let weights: number[] = [];
  let layout = '';
  let rows: readonly ChannelRow[] = [];
  let timer = 0;

  const say = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      choose(weights.every((weight) => weight === weights[0]) ? null : [...weights]);
    }, slidingRest);
  };
  const setWeight = (index: number, weight: number): void => {
    // Something has to be compared.
    if (weights.every((other, at) => at === index || other === 0) && weight === 0) {
      draw();
      return;
    }
    weights[index] = weight;
    draw();
    say();
  };
  const draw = (): void => {
    rows.forEach((row, index) => {
      row.show(weights[index] ?? 1);
    });
    shell.setCount(weights.filter((weight) => weight !== 1).length);
  };
  reset.addEventListener('click', () => {
    weights = weights.map(() => 1);
    draw();
    say();
  });
  return {
    node: shell.node,
    update: ({ query, scope, weights: used }) => {
      shell.setShown(scope === 'layout' && query.channels.length > 1);
      const now = JSON.stringify(query.channels);
      if (now !== layout) {
        layout = now;
        rows = query.channels.map((name, index) =>
          channelRow(channelText(name, index), (weight) => {
            setWeight(index, weight);
          }),
        );
        list.replaceChildren(...rows.map(({ node }) => node));
      }
      weights = query.channels.map((_, index) => used?.[index] ?? 1);
      draw();
    },
  };
}

/** The name of a channel, or its number. */
export function channelText(name: string | null, index: number): string {
  return name === null || name === '' ? t('Channel {0}', index + 1) : printable(name);
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
