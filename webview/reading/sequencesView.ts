import { sequences as counted, timeSteps } from '../../src/l10n/nouns';
import type { DescribedSequence, ReadingDescription } from '../../src/protocol/reading';
import { chip, iconOf } from '../shared/controls';
import { element, isolated } from '../shared/dom';
import { formatCount, formatLength, formatRate, printable } from '../shared/format';
import { t } from '../shared/l10n';

/** The sequences as they are read: one can be chosen for the plot. */
export function sequencesView(choose: (number: number) => void) {
  const head = element('h2');
  const list = element('ul', { class: 'sequences' });
  const more = element('p', { class: 'dim' });
  const node = element('section', {}, head, list, more);
  let drawn: string | null = null;
  const draw = (description: ReadingDescription | null, plotted: number): void => {
    const all = description?.sequences ?? [];
    const hidden = (description?.sequenceCount ?? 0) - all.length;
    node.hidden = all.length === 0;
    head.textContent = t('As it is read: {0}', counted(description?.sequenceCount ?? 0));
    more.hidden = hidden <= 0;
    more.textContent = t('and {0} more', formatCount(hidden));
    list.replaceChildren(...all.map((sequence, number) => rowOf(sequence, number, all.length, plotted, choose)));
  };
  return {
    node,
    show: (description: ReadingDescription | null, plotted: number): void => {
      const key = JSON.stringify([description?.sequences, description?.sequenceCount, plotted]);
      if (key === drawn) return;
      drawn = key;
      const hadFocus = list.contains(document.activeElement);
      draw(description, plotted);
      if (hadFocus) list.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    },
  };
}

function rowOf(
  sequence: DescribedSequence,
  number: number,
  of: number,
  plotted: number,
  choose: (number: number) => void,
): HTMLElement {
  const { name, label, notes, doubts, problem } = sequence;
  const title = name === null ? t('Sequence {0}', formatCount(number + 1)) : printable(name);
  const choice =
    of === 1
      ? isolated('sequence-name', title)
      : chip(title, t('Show it in the plot'), number === plotted, () => {
          choose(number);
        });
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'sequence-head' },
      choice,
      label === null ? null : element('span', { class: 'label' }, `${t('Label')}: `, isolated('', printable(label))),
      element('span', {}, factsOf(sequence)),
    ),
    ...(problem === undefined ? [] : [remark('warning', t('Skipped, because {0}.', printable(problem)))]),
    ...doubts.map((doubt) => remark('warning', t('Please check: {0}', printable(doubt)))),
    ...notes.map((note) => remark('info', printable(note))),
  );
}

function factsOf({ rate, steps, channels }: DescribedSequence): string {
  const length = rate === null ? timeSteps(steps) : `${formatLength(steps, rate)} (${timeSteps(steps)})`;
  return [rate === null ? t('rate not known') : formatRate(rate), length, channelsText(channels)].join(' · ');
}

/** What came of reading, for those who do not see the page. */
export function announcement({ sequences, sequenceCount }: ReadingDescription): string {
  const [first] = sequences;
  const what = t('As it is read: {0}', counted(sequenceCount));
  return first === undefined ? what : `${what}: ${factsOf(first)}`;
}

function remark(icon: 'warning' | 'info', text: string): HTMLElement {
  return element('p', { class: `remark ${icon}` }, iconOf(icon), element('span', {}, text));
}

const mostNamed = 12;

function channelsText(channels: DescribedSequence['channels']): string {
  const named = channels.slice(0, mostNamed).map(({ name, unit }, c) => {
    const own = name === null || name === '' ? t('Channel {0}', c + 1) : printable(name);
    return unit === null || unit === '' ? own : `${own} [${printable(unit)}]`;
  });
  const more = channels.length - named.length;
  return more > 0 ? t('{0} and {1} more', named.join(', '), formatCount(more)) : named.join(', ');
}
