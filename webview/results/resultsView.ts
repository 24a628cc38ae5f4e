import type { FromWebview, PanelFacets, PanelResults } from '../../src/protocol/panel';
import type { Match } from '../../src/protocol/engine';
import { announcement, shownText } from './describe';
import { element, setText } from '../shared/dom';
import { filterBar } from './filter/filterBar';
import { channelWeights } from './filter/weights';
import { distanceFormat } from '../shared/format';
import { t } from '../shared/l10n';
import type { MatchList } from './list/list';
import { matchList } from './list/matchList';
import type { RowPlots } from './list/rowPlots';
import { selectionBar } from './list/selectionBar';
import { takeAway } from './takeAway';

export interface ResultsView {
  readonly node: HTMLElement;
  readonly list: MatchList;
  update(results: PanelResults): void;
  updateFacets(facets: PanelFacets): void;
  /** Moves the keyboard focus to the field that filters by text. */
  readonly focusFilter: () => void;
}

/** The ranked list under its heading, with what filters, sorts and groups it. */
export function resultsView(
  post: (message: FromWebview) => void,
  plots: RowPlots,
  panel: string,
  announce: (text: string) => void,
  compare: (matches: readonly Match[]) => void,
): ResultsView {
  let shown: PanelResults | null = null;
  let facets: PanelFacets = { labels: [], formats: [] };
  const count = element('span', { class: 'count' });
  const weights = channelWeights((chosen) => {
    post({ type: 'weights', weights: chosen });
  });
  const bar = filterBar((arrangement) => {
    post({ type: 'arrange', arrangement });
  }, weights.node);
  const list = matchList(plots, {
    post,
    panel,
    compare,
    selected: () => {
      selection.update(list.selection(), list.selectedHeads());
    },
    sort: bar.sortBy,
    collapse: bar.collapse,
  });
  const selection = selectionBar((command) => {
    const [first] = list.selection().parts;
    if (first !== undefined) list.run(command, first[0]);
  }, list.select);
  const header = element(
    'div',
    { class: 'results-header' },
    element('h2', {}, t('Most similar'), count, takeAway(post)),
    bar.node,
  );
  // The heads of the columns stick below it.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--results-header-height', `${header.offsetHeight}px`);
  }).observe(header);
  const none = element('div', { class: 'nothing' }, element('p', {}, t('No match passes the filters.')), clearButton());
  const node = element(
    'section',
    { class: 'results', 'aria-label': t('Most similar') },
    header,
    list.node,
    none,
    selection.node,
    keyHints(),
  );

  function clearButton(): HTMLElement {
    const button = element('button', { class: 'link', type: 'button' }, t('Clear all filters'));
    button.addEventListener('click', () => {
      bar.clear();
    });
    return button;
  }

  return {
    node,
    list,
    update: (results) => {
      shown = results;
      bar.update(results, facets);
      weights.update(results);
      list.update(results);
      none.hidden = results.length > 0;
      setText(count, shownText(results));
      announce(announcement(results, distanceFormat([results.nearest])));
    },
    updateFacets: (now) => {
      facets = now;
      if (shown !== null) bar.update(shown, facets);
    },
    focusFilter: bar.focus,
  };
}

function keyHints(): HTMLElement {
  const hints = [
    ['Enter', t('open')],
    ['F', t('find similar')],
    [t('Space'), t('select')],
    ['C', t('compare')],
    ['L', t('set label')],
    ['Alt ←', t('back')],
  ].map(([key, does]) => element('span', { class: 'hint' }, element('kbd', {}, key!), ` ${does!}`));
  return element('p', { class: 'hints' }, ...hints);
}
