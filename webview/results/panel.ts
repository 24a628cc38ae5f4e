import type { FromWebview, PanelCommand, PanelResults, ToWebview } from '../../src/protocol/panel';
import type { Match } from '../../src/protocol/engine';
import { asker } from '../shared/ask';
import { bannerRegion } from './bannerRegion';
import { element, setText } from '../shared/dom';
import { comparison } from './explain/comparison';
import type { Calibration } from './explain/meaning';
import { distanceFormat } from '../shared/format';
import { connect } from '../shared/host';
import { t } from '../shared/l10n';
import { rowPlots } from './list/rowPlots';
import { keyOf, panelStateOf, type Place, placeIn, questionOf } from '../shared/memory';
import { onPanelKey } from './panelKeys';
import { noticeView } from './noticeView';
import { noticeOf } from './notices';
import { queryCard } from './queryCard';
import { resultsView } from './resultsView';
import { type Action, initialState, reduce, screenOf, type State } from './state';
import { toolbar } from './toolbar';

/** Builds the page inside `root` and keeps it in step with what the host says. */
export function panel(root: HTMLElement): void {
  let state = initialState;
  const receive = (message: ToWebview): void => {
    if (message.type === 'page') {
      results.list.receive(message);
      compared.renew();
    } else if (message.type === 'run') run(message.command, message.item);
    else if (message.type === 'answer' || message.type === 'unanswered') questions.receive(message);
    else act(message);
  };
  const host = connect(receive, (text) => {
    act({ type: 'complaint', text });
  });
  const post = (message: FromWebview): void => {
    host.post(message);
  };
  const questions = asker(post);
  const plots = rowPlots(questions);
  const bar = toolbar(post);
  const banners = bannerRegion(post, () => {
    act({ type: 'dismiss' });
  });
  const announce = (text: string): void => {
    setText(live, text);
  };
  const card = queryCard(post, questions, announce);
  const live = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  const name = root.dataset['panel'] ?? '';
  const results = resultsView(post, plots, name, announce, compare);
  const compared = comparison({
    post,
    asker: questions,
    announce,
    neighbours: (match) => results.list.neighbours(match),
    calibration: () => calibration,
    closed: () => {
      showComparison(false);
      window.scrollTo({ top: scrolled, behavior: 'instant' });
      results.list.focus();
    },
  });
  const notice = element('div', { class: 'notice-region' });
  const body = element('main', { class: 'body' }, banners.node, card.node, results.node, compared.node, notice);
  root.replaceChildren(bar.node, body, live);

  let saved = host.load();
  const places = new Map<string, Place>();
  let noticeShown = '';
  let calibration: Calibration | null = null;
  let calibrating = new AbortController();
  let scrolled = 0;

  /** Shows the query beside some of its matches. */
  function compare(matches: readonly Match[]): void {
    if (state.results === null || matches.length === 0) return;
    if (!compared.isOpen) scrolled = window.scrollY;
    showComparison(true);
    compared.open(state.results.query, matches, distanceFormat([state.results.nearest]));
  }

  function showComparison(shown: boolean): void {
    card.node.hidden = shown || state.results === null;
    results.node.hidden = shown || screenOf(state) !== 'matches';
  }

  function calibrate(now: PanelResults): void {
    calibration = null;
    calibrating.abort();
    calibrating = new AbortController();
    results.list.calibrated(null);
    questions.ask('calibration', { query: now.query.ref }, calibrating.signal).then(
      (answer) => {
        if (state.results !== now) return;
        calibration = answer;
        results.list.calibrated(calibration);
        compared.renew();
      },
      () => {
        // The list does without: what went wrong stands in the log.
      },
    );
  }

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
    if (questionNow(state) !== questionNow(before)) compared.close();
    showComparison(compared.isOpen);
    drawNotice(held && results.node.hidden);
    if (state.facets !== before.facets) results.updateFacets(state.facets);
    if (state.results !== null && state.results !== before.results) showResults(state.results, before.results, held);
  }

  function showResults(now: PanelResults, before: PanelResults | null, held: boolean): void {
    const question = questionOf(now);
    card.update(now.query, before !== null && keyOf(before.query.ref) === keyOf(now.query.ref));
    results.update(now);
    calibrate(now);
    const other = before === null || questionOf(before) !== question;
    if (other) {
      const place = places.get(question) ?? placeIn(saved, now);
      saved = null;
      window.scrollTo({ top: place.scroll, behavior: 'instant' });
      results.list.activate(place.active);
    }
    const lost = held && (other || !results.list.holdsFocus());
    // Focusing a row would take the focus from the rest of the window, such as the command palette.
    if (document.hasFocus() && (lost || document.activeElement === document.body)) results.list.focus();
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
    if (state.results === null || state.phase.kind !== 'results' || compared.isOpen) return;
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

/** What the shown results answer, or `null` without any. */
function questionNow({ results }: State): string | null {
  return results === null ? null : questionOf(results);
}
