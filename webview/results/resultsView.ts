import type { FromWebview, PanelFacets, PanelResults } from '../../src/protocol/panel';
import type { Match } from '../../src/protocol/engine';
import { announcement, countText } from './describe';
import { element, setText } from '../shared/dom';
import { FilterBar } from './filter/filterBar';
import { ChannelWeights } from './filter/weights';
import { distanceFormat } from '../shared/format';
import { t } from '../shared/l10n';
import { questionOf } from '../shared/memory';
import { MatchList } from './list/matchList';
import { isMadeAgain } from './list/pages';
import type { RowSound } from './list/rowSound';
import type { RowPlots } from './list/rowPlots';
import { type NewsOfIndex, newsOfIndex } from './newsOfIndex';
import type { Freshness } from './state';
import { type SelectionBar, selectionBar } from './list/selectionBar';

export interface ResultsParts {
  readonly post: (message: FromWebview) => void;
  readonly plots: RowPlots;
  readonly sound: RowSound;
  /** Names the panel. */
  readonly panel: string;
  readonly announce: (text: string) => void;
  readonly compare: (matches: readonly Match[]) => void;
  /** The user wants the list made again. */
  readonly refresh: () => void;
  /** Why something is not done, in a sentence. */
  readonly refuse: (reason: string) => void;
}

/** The ranked list under its heading, with what filters, sorts and groups it. */
export class ResultsView {
  readonly node: HTMLElement;
  readonly list: MatchList;
  private readonly weights: ChannelWeights;
  private readonly bar: FilterBar;
  private readonly selection: SelectionBar;
  private readonly count = element('span', { class: 'count' });
  private readonly news: NewsOfIndex;
  private readonly none: HTMLElement;
  private shown: PanelResults | null = null;
  private facets: PanelFacets = { labels: [], formats: [] };

  constructor(private readonly parts: ResultsParts) {
    const { post } = parts;
    this.weights = new ChannelWeights((weights) => {
      post({ type: 'weights', weights });
    });
    this.bar = new FilterBar((arrangement) => {
      post({ type: 'arrange', arrangement });
    }, this.weights.node);
    this.list = this.listOf(parts);
    this.news = newsOfIndex(parts.refresh);
    this.selection = selectionBar(
      (command) => {
        this.list.run(command, null);
      },
      (selection) => {
        this.list.select(selection);
      },
    );
    const clear = element('button', { class: 'link', type: 'button' }, t('Clear all filters'));
    clear.addEventListener('click', () => {
      this.bar.clear();
    });
    this.none = element('div', { class: 'nothing' }, element('p', {}, t('No match passes the filters.')), clear);
    this.node = element(
      'section',
      { class: 'results', 'aria-label': t('Most similar') },
      resultsHeader([this.count, this.news.node, exportChoice(post)], this.bar.node),
      this.list.node,
      this.none,
      this.selection.node,
      keyHints(),
    );
  }

  update(results: PanelResults): void {
    const again = this.shown !== null && isMadeAgain(this.shown, results);
    const same = this.shown !== null && questionOf(this.shown) === questionOf(results);
    this.shown = results;
    this.bar.update(results, this.facets, same);
    this.weights.update(results, same);
    this.list.update(results);
    this.none.hidden = results.length > 0;
    // A list that grows would never be silent.
    if (!again) this.parts.announce(announcement(results, distanceFormat([results.nearest])));
  }

  /** Says how many matches there are, and whether there may be more. */
  updateFreshness(freshness: Freshness): void {
    if (this.shown !== null) setText(this.count, countText(this.shown, freshness));
    this.news.update(freshness);
  }

  updateFacets(facets: PanelFacets): void {
    this.facets = facets;
    if (this.shown !== null) this.bar.update(this.shown, facets, true);
  }

  /** Moves the keyboard focus to the field that filters by text. */
  focusFilter(): void {
    this.bar.focus();
  }

  private listOf({ post, plots, sound, panel, compare, refuse, refresh }: ResultsParts): MatchList {
    return new MatchList(plots, sound, {
      post,
      panel,
      compare,
      refuse,
      refresh,
      selected: () => {
        this.selection.update(this.list.selection, this.list.selectedHeads);
      },
      sort: (key) => {
        this.bar.sortBy(key);
      },
      collapse: (name, collapsed) => {
        this.bar.collapse(name, collapsed);
      },
    });
  }
}

function resultsHeader(parts: readonly HTMLElement[], filters: HTMLElement): HTMLElement {
  const header = element('div', { class: 'results-header' }, element('h2', {}, t('Most similar'), ...parts), filters);
  // The heads of the columns stick below it.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--results-header-height', `${header.offsetHeight}px`);
  }).observe(header);
  return header;
}

/** Of the choice that copies a cell for a notebook instead of writing a file. */
const python = 'python';

type Export = Extract<FromWebview, { type: 'export' }>;

/** Saves the matches, the distances of all pairs or the embeddings: what, and in which format. */
function exportChoice(post: (message: FromWebview) => void): HTMLElement {
  const contents: readonly (readonly [Export['what'], string])[] = [
    ['search', t('these matches')],
    ['pairs', t('distances of all pairs')],
    ['embeddings', t('embeddings')],
  ];
  const formats: readonly (readonly [Export['format'], string])[] = [
    ['csv', 'CSV'],
    ['json', 'JSON'],
    ['npz', 'NumPy (.npz)'],
  ];
  const select = element('select', { class: 'export', 'aria-label': t('Export'), title: t('Save a table to a file') });
  select.append(element('option', { value: '' }, t('Export…')));
  for (const [what, name] of contents) {
    const group = element('optgroup', { label: name });
    for (const [format, title] of formats) {
      group.append(element('option', { value: `${what} ${format}` }, t('{0} as {1}', name, title)));
    }
    select.append(group);
  }
  select.append(element('option', { value: python }, t('Copy as Python')));
  select.addEventListener('change', () => {
    const [what, format] = select.value.split(' ');
    select.value = '';
    if (what === python) post({ type: 'copyPython' });
    const chosen = contents.find(([each]) => each === what)?.[0];
    const as = formats.find(([each]) => each === format)?.[0];
    if (chosen !== undefined && as !== undefined) post({ type: 'export', what: chosen, format: as });
  });
  return select;
}

function keyHints(): HTMLElement {
  const keys: readonly (readonly [key: string, does: string])[] = [
    ['Enter', t('open')],
    ['F', t('find similar')],
    [t('Space'), t('select')],
    ['C', t('compare')],
    ['L', t('set label')],
    ['M', t('more like this')],
    ['N', t('not like this')],
    ['Alt ←', t('back')],
  ];
  const hints = keys.map(([key, does]) => element('span', { class: 'hint' }, element('kbd', {}, key), ` ${does}`));
  return element('p', { class: 'hints' }, ...hints);
}
