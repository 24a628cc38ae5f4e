import type { FromWebview, PanelCommand, PanelResults, ToWebview } from '../src/protocol/panel';
import { bannerRegion } from './bannerRegion';
import { element, setText } from './dom';
import { connect } from './host';
import { t } from './l10n';
import { rowPlots } from './list/rowPlots';
import { keyOf, panelStateOf, type Place, placeIn, questionOf } from './memory';
import { onPanelKey } from './panelKeys';
import { noticeView } from './noticeView';
import { noticeOf } from './notices';
import { plotRequests } from './plotRequests';
import { queryCard } from './queryCard';
import { resultsView } from './resultsView';
import { type Action, initialState, reduce, screenOf, type State } from './state';
import { toolbar } from './toolbar';

/** Builds the page inside `root` and keeps it in step with what the host says. */
export function panel(root: HTMLElement): void {
  let state = initialState;
  const receive = (message: ToWebview): void => {
    if (message.type === 'page') results.list.receive(message);
    else if (message.type === 'run') run(message.command, message.item);
    else if (message.type === 'plot' || message.type === 'plotFailed') {
      queryPlots.receive(message);
      plots.receive(message);
    } else act(message);
  };
  const host = connect(receive, (text) => {
    act({ type: 'complaint', text });
  });
  const post = (message: FromWebview): void => {
    host.post(message);
  };
  const queryPlots = plotRequests(post);
  const plots = rowPlots(post);
  const bar = toolbar(post);
  const banners = bannerRegion(post, () => {
    act({ type: 'dismiss' });
  });
  const card = queryCard(post, queryPlots);
  const live = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const name = root.dataset['panel'] ?? '';
  const results = resultsView(post, plots, name, (text) => {
    setText(live, text);
  });
  const notice = element('div', { class: 'notice-region' });
  const body = element('main', { class: 'body' }, banners.node, card.node, results.node, notice);
  root.replaceChildren(bar.node, body, live);

  let saved = host.load();
  const places = new Map<string, Place>();
  let noticeShown = '';

  function act(action: Action): void {
    const before = state;
    state = reduce(before, action);
    draw(before);
  }

  function run(command: PanelCommand, item: number | null): void {
    if (command === 'focusFilter') results.focusFilter();
    else results.list.run(command, item);
  }

  function draw(before: State): void {
    const held = results.list.holdsFocus();
    bar.update(state);
    banners.update(state);
    body.classList.toggle('stale', state.phase.kind === 'searching' && state.results !== null);
    body.setAttribute('aria-busy', String(state.phase.kind === 'searching'));
    card.node.hidden = state.results === null;
    results.node.hidden = screenOf(state) !== 'matches';
    drawNotice(held && results.node.hidden);
    if (state.facets !== before.facets) results.updateFacets(state.facets);
    if (state.results !== null && state.results !== before.results) showResults(state.results, before.results, held);
  }

  function showResults(now: PanelResults, before: PanelResults | null, held: boolean): void {
    const question = questionOf(now);
    card.update(now.query, before !== null && keyOf(before.query.ref) === keyOf(now.query.ref));
    results.update(now);
    const other = before === null || questionOf(before) !== question;
    if (other) {
      const place = places.get(question) ?? placeIn(saved, now);
      saved = null;
      window.scrollTo({ top: place.scroll, behavior: 'instant' });
      results.list.activate(place.active);
    }
    const idle = document.hasFocus() && document.activeElement === document.body;
    if ((held && (other || !results.list.holdsFocus())) || idle) results.list.focus();
    keepPlace();
  }

  function drawNotice(takeFocus: boolean): void {
    const wanted = noticeOf(screenOf(state), state);
    const described = JSON.stringify(wanted);
    if (described === noticeShown) return;
    noticeShown = described;
    notice.replaceChildren(...(wanted ? [noticeView(wanted, post)] : []));
    if (wanted) setText(live, [wanted.title, ...wanted.lines].join('. '));
    if (takeFocus) notice.querySelector<HTMLElement>('vscode-button')?.focus();
  }

  function keepPlace(): void {
    if (state.results === null || state.phase.kind !== 'results') return;
    const place = { scroll: Math.max(0, Math.round(window.scrollY)), active: results.list.active() };
    places.set(questionOf(state.results), place);
    host.save(panelStateOf(name, state.results, place));
  }

  // The heading of the list sticks below the toolbar, whose height follows the width of the panel.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--toolbar-height', `${bar.node.offsetHeight}px`);
  }).observe(bar.node);
  document.addEventListener('scrollend', keepPlace);
  results.node.addEventListener('focusin', keepPlace);
  document.addEventListener(
    'keydown',
    onPanelKey(post, () => state, results.list),
    { capture: true },
  );
  document.title = t('Similar Sequences');
  draw(state);
  post({ type: 'ready' });
}
