import { channelsText, leftOutText, sourceProblemText, warningText } from '../../src/l10n/labels';
import { labels, sequences } from '../../src/l10n/nouns';
import type { LabelSetSummary, SourceSummary } from '../../src/protocol/labels';
import { element, isolated } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/l10n';

/** The sets of a source to choose from, and what is left out of them and why. */
export function setsView(changed: () => void) {
  const sets = element('div', { class: 'sets' });
  const left = element('ul', { class: 'left-out' });
  const problem = element('p', { class: 'problem' });
  const node = element('div', {}, problem, sets, left);
  const choices = new Map<string, boolean>();
  let shown: readonly LabelSetSummary[] = [];

  return {
    node,
    chosen: () => shown.filter(({ id, usable, advised }) => usable && (choices.get(id) ?? advised)).map(({ id }) => id),
    update(summary: SourceSummary | undefined): void {
      shown = summary?.sets ?? [];
      const why = summary?.problem ?? null;
      problem.hidden = why === null;
      problem.textContent = why === null ? '' : sourceProblemText(why);
      sets.replaceChildren(
        ...shown.map((set) =>
          setRow(set, choices.get(set.id) ?? set.advised, (isChosen) => {
            choices.set(set.id, isChosen);
            changed();
          }),
        ),
      );
      left.replaceChildren(...(summary?.leftOut ?? []).map(leftOutRow));
    },
  };
}

function setRow(set: LabelSetSummary, isChosen: boolean, choose: (isChosen: boolean) => void): HTMLElement {
  const input = element('input', { type: 'checkbox' });
  input.checked = isChosen && set.usable;
  input.disabled = !set.usable;
  input.addEventListener('change', () => {
    choose(input.checked);
  });
  const more = set.labelCount - set.labels.length;
  return element(
    'div',
    { class: 'set' },
    element(
      'label',
      {},
      input,
      isolated('set-name', set.name === '' ? t('All recordings') : set.name),
      element(
        'span',
        { class: 'dim' },
        `${sequences(set.sequences)}, ${labels(set.labelCount)}, `,
        isolated('', channelsText(set.channels)),
      ),
    ),
    element(
      'div',
      { class: 'label-counts' },
      ...set.labels.map(({ label, count }) =>
        element(
          'span',
          { class: 'label-count' },
          isolated('label', label),
          element('span', { class: 'dim' }, ` ${formatCount(count)}`),
        ),
      ),
      more > 0 ? element('span', { class: 'dim' }, t('and {0} more', formatCount(more))) : null,
    ),
    ...set.warnings.map((warning) => element('p', { class: 'warning' }, warningText(warning))),
  );
}

function leftOutRow({ reason, count, examples }: SourceSummary['leftOut'][number]): HTMLElement {
  return element(
    'li',
    {},
    `${leftOutText(reason, count)}: `,
    ...examples.flatMap((file, i) => [...(i > 0 ? [', '] : []), isolated('file', file)]),
    count > examples.length ? ', …' : '',
  );
}
