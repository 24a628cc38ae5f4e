import type { Combination, SequenceSummary, ShownSet } from '../../src/protocol/engine';
import type { FromWebview, PanelResults } from '../../src/protocol/panel';
import { choice, iconButton, iconOf, linkButton } from '../shared/controls';
import { element, isolated, setText } from '../shared/dom';
import { formatCount, printable, splitPath } from '../shared/format';
import { t } from '../shared/l10n';
import { keyOf } from '../shared/memory';
import { sequenceTitle } from '../shared/describe';
import { wantedIn } from './wanted';

export interface QuerySetView {
  readonly node: HTMLElement;
  /** Shows what is asked about, or nothing where that is the query alone. */
  update(results: PanelResults): void;
  /** The sequence whose card is shown. */
  readonly chosen: SequenceSummary | null;
}

/**
 * What matches are to be like and what not, how distances are taken together, and in words what that comes to.
 * @param choose the card of another sequence is to be shown
 */
export function querySetView(post: (message: FromWebview) => void, choose: () => void): QuerySetView {
  const lists = element('div', { class: 'set-lists' });
  const words = element('p', { class: 'dim set-words' });
  const combine = combinationChoice(post);
  const save = linkButton(
    'save-set',
    () => {
      post({ type: 'saveSet' });
    },
    t('Save as a file…'),
  );
  const tools = element('div', { class: 'set-tools' }, combine.node, save);
  const node = element('section', { class: 'query-set', 'aria-label': t('Queries and marks') }, lists, tools, words);
  let shown: PanelResults | null = null;
  let chosen: SequenceSummary | null = null;
  const draw = (): void => {
    if (shown?.set == null) return;
    const wanted = wantedIn(shown);
    const part = (title: string, mark: 'more' | 'less', members: readonly SequenceSummary[], fixed: boolean) =>
      setPart({ title, mark, members, fixed, shown: chosen ?? wanted[0], post }, (sequence) => {
        chosen = sequence;
        draw();
        choose();
      });
    lists.replaceChildren(
      part(t('Like'), 'more', wanted, wanted.length === 1),
      ...(shown.set.less.length === 0 ? [] : [part(t('Not like'), 'less', shown.set.less, false)]),
    );
  };
  return {
    node,
    get chosen() {
      return chosen;
    },
    update: (results) => {
      const before = shown;
      shown = results;
      node.hidden = results.set === null;
      const all = [...wantedIn(results), ...(results.set?.less ?? [])];
      chosen = all.find(({ ref }) => chosen !== null && keyOf(ref) === keyOf(chosen.ref)) ?? null;
      if (results.set === null) return;
      combine.update(results.set.by, wantedIn(results).length);
      setText(words, setWords(results.set, wantedIn(results).length).join(' '));
      if (before === null || JSON.stringify(partsOf(before)) !== JSON.stringify(partsOf(results))) draw();
    },
  };
}

function partsOf({ query, set }: PanelResults): unknown {
  return [query, set?.queries, set?.more, set?.less];
}

/** What the distance of a match is, in sentences. */
export function setWords({ by, less, mixed }: ShownSet, wanted: number): readonly string[] {
  const own =
    wanted === 1
      ? t('The distance of a match is its distance to the query.')
      : by === 'nearest'
        ? t('The distance of a match is its distance to the nearest of these {0} recordings.', formatCount(wanted))
        : t('The distance of a match is the mean of its distances to these {0} recordings.', formatCount(wanted));
  const words = [own];
  if (less.length > 0) {
    words.push(t('Where one that it should not be like is nearer than that, half of the difference is added.'));
  }
  if (mixed) words.push(t('They have different channels, so the channels of each are taken together.'));
  return words;
}

function combinationChoice(post: (message: FromWebview) => void): {
  readonly node: HTMLElement;
  update(by: Combination, wanted: number): void;
} {
  const ways = [
    ['nearest', t('Smallest distance')],
    ['mean', t('Mean distance')],
  ] as const;
  const node = choice(t('Rank by'), ways, (by) => {
    post({ type: 'combine', by });
  });
  const label = element('span', { class: 'dim', 'aria-hidden': 'true' }, t('Rank by'));
  const both = element('div', { class: 'set-combine' }, label, node);
  return {
    node: both,
    update: (by, wanted) => {
      both.hidden = wanted < 2;
      const input = node.querySelector<HTMLInputElement>(`input[value="${by}"]`);
      if (input !== null) input.checked = true;
    },
  };
}

interface SetPart {
  readonly title: string;
  readonly mark: 'more' | 'less';
  readonly members: readonly SequenceSummary[];
  /** Whether its member cannot be left out. */
  readonly fixed: boolean;
  /** The sequence whose card is shown. */
  readonly shown: SequenceSummary | undefined;
  readonly post: (message: FromWebview) => void;
}

function setPart(part: SetPart, choose: (sequence: SequenceSummary) => void): HTMLElement {
  const { title, mark, members, fixed, shown, post } = part;
  const chips = members.map((sequence) => {
    const name = nameOf(sequence);
    const button = element('button', { class: 'link', type: 'button' }, isolated('chip-text', name));
    button.title = t('Show {0}', printable(sequence.file));
    button.setAttribute('aria-pressed', String(shown !== undefined && keyOf(shown.ref) === keyOf(sequence.ref)));
    button.addEventListener('click', () => {
      choose(sequence);
    });
    const out = iconButton('close', t('Leave out {0}', name), null, () => {
      post({ type: 'leaveOut', ref: sequence.ref });
    });
    return element('li', { class: `chip ${mark}` }, iconOf(mark), button, fixed ? null : out);
  });
  const list = element('ul', { class: 'set-members', 'aria-label': title }, ...chips);
  return element('div', { class: 'set-part' }, element('span', { class: 'set-title' }, title), list);
}

function nameOf(sequence: SequenceSummary): string {
  const title = sequenceTitle(sequence);
  const { name } = splitPath(printable(sequence.file));
  return title === null ? name : `${name} · ${title}`;
}
