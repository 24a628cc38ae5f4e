import type { FromWebview, PanelCommand, PanelResults, ToWebview } from '../../src/protocol/panel';
import type { Match } from '../../src/protocol/engine';
import { asker } from '../shared/ask';
import { bannerRegion } from './banners';
import { element, setText } from '../shared/dom';
import { Comparison } from './explain/comparison';
import { Calibrating } from './explain/calibrating';
import { distanceFormat } from '../shared/format';
import { dropTarget } from './dropTarget';
import { connect } from '../shared/host';
import { t } from '../shared/l10n';
import { RowSound } from './list/rowSound';
import { RowPlots } from './list/rowPlots';
import { keyOf, panelStateOf, Places, questionOf } from '../shared/memory';
import { onPanelKey } from './panelKeys';
import { noticeOf, noticeRegion } from './notices';
import { queryCard } from './queryCard';
import { querySetView } from './querySet';
import { ResultsView } from './resultsView';
import { Renewal } from './renewal';
import { type Action, freshnessOf, initialState, isGrowing, reduce, screenOf, type State } from './state';
import { toolbar } from './toolbar';
import { wantedFor, wantedIn } from './wanted';
import { Whereabouts } from './whereabouts';

/** Builds the page inside `root` and keeps it in step with what the host says. */
export function panel(root: HTMLElement): void {
  new Panel(root).begin();
}

class Panel {
  private state = initialState;
  /** Where the list was scrolled to when the comparison was opened. */
  private scrolled = 0;
  private readonly host = connect(
    (message) => {
      this.receive(message);
    },
    (text) => {
      this.act({ type: 'complaint', text });
    },
  );
  private readonly post = (message: FromWebview): void => {
    this.host.post(message);
  };
  private readonly name: string;
  private readonly places = new Places(this.host.load());
  private readonly questions = asker(this.post);
  private readonly plots = new RowPlots(this.questions);
  private readonly calibrating = new Calibrating(this.questions, (calibration) => {
    this.results.list.calibrated(calibration);
    if (calibration !== null) this.comparison.renew();
  });
  private readonly live = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  private readonly announce = (text: string): void => {
    setText(this.live, text);
  };
  private readonly refuse = (reason: string): void => {
    this.act({ type: 'complaint', text: reason });
  };
  private readonly sound = new RowSound(this.questions, {
    changed: () => {
      this.results.list.drawSoon();
    },
    announce: this.announce,
    refuse: this.refuse,
  });
  private readonly bar = toolbar(this.post);
  private readonly banners = bannerRegion(() => {
    this.act({ type: 'dismiss' });
  });
  private plotOpen = this.host.load()?.plotOpen ?? false;
  private readonly card = queryCard({
    post: this.post,
    asker: this.questions,
    announce: this.announce,
    isOpen: this.plotOpen,
    opened: (isOpen) => {
      this.plotOpen = isOpen;
      this.keepPlace();
    },
  });
  private mapOpen = this.host.load()?.mapOpen ?? false;
  private readonly whereabouts = new Whereabouts({
    asker: this.questions,
    isOpen: this.mapOpen,
    opened: (isOpen) => {
      this.mapOpen = isOpen;
      this.keepPlace();
    },
    showAll: () => {
      this.post({ type: 'overview' });
    },
    choose: (position) => {
      this.results.list.focusAt(position);
    },
  });
  private readonly asked = querySetView(this.post, () => {
    this.showCard(true);
  });
  private readonly notice = noticeRegion(this.post, this.announce);
  private readonly results: ResultsView;
  private readonly renewal = new Renewal({
    post: this.post,
    anchor: () => this.results.list.anchor,
    isHeld: () => this.comparison.isOpen || this.results.list.isHeld,
  });
  private readonly comparison: Comparison;
  private readonly body: HTMLElement;

  constructor(root: HTMLElement) {
    this.name = root.dataset['panel'] ?? '';
    this.results = new ResultsView({
      post: this.post,
      plots: this.plots,
      sound: this.sound,
      panel: this.name,
      announce: this.announce,
      compare: (matches) => {
        this.compare(matches);
      },
      refresh: () => {
        this.renewal.now();
      },
      refuse: this.refuse,
    });
    this.comparison = this.newComparison();
    const above = [this.banners, this.asked, this.card, this.whereabouts];
    const views = [...above, this.results, this.comparison, this.notice];
    this.body = element('main', { class: 'body' }, ...views.map(({ node }) => node));
    root.replaceChildren(this.bar.node, this.body, this.live, dropTarget(this.post));
  }

  begin(): void {
    const keepPlace = (): void => {
      this.keepPlace();
    };
    // The heading of the list sticks below the toolbar, whose height follows the width of the panel.
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--toolbar-height', `${this.bar.node.offsetHeight}px`);
    }).observe(this.bar.node);
    document.addEventListener('scrollend', keepPlace);
    this.results.node.addEventListener('focusin', keepPlace);
    const onKey = onPanelKey(this.post, () => this.state, this.results.list);
    document.addEventListener('keydown', onKey, { capture: true });
    document.title = t('Similar Sequences');
    this.draw(this.state);
    this.post({ type: 'ready' });
  }

  private newComparison(): Comparison {
    return new Comparison({
      post: this.post,
      asker: this.questions,
      announce: this.announce,
      neighbours: (match) => this.results.list.neighbours(match),
      calibration: () => this.calibrating.known,
      closed: () => {
        this.showComparison(false);
        window.scrollTo({ top: this.scrolled, behavior: 'instant' });
        this.results.list.focus();
      },
    });
  }

  private receive(message: ToWebview): void {
    if (message.type === 'page') {
      this.results.list.receive(message);
      this.comparison.renew();
    } else if (message.type === 'run') this.run(message.command, message.item);
    else if (message.type === 'answer' || message.type === 'unanswered') this.questions.receive(message);
    else this.act(message);
  }

  private run(command: PanelCommand, item: number | null): void {
    if (command === 'focusFilter') this.results.focusFilter();
    else if (command === 'refresh') this.renewal.now();
    else this.results.list.run(command, item);
  }

  private act(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    this.draw(before);
  }

  /** Shows the query beside some of its matches. */
  private compare(matches: readonly Match[]): void {
    const { results } = this.state;
    if (results === null || matches.length === 0) return;
    if (!this.comparison.isOpen) this.scrolled = window.scrollY;
    this.showComparison(true);
    const wanted = {
      several: wantedIn(results).length > 1,
      nearestTo: (match: Match) => wantedFor(results, match),
    };
    this.comparison.open(wanted, matches, distanceFormat([results.nearest]));
  }

  /** Shows the card of the query, or of the sequence that was chosen among those that are asked about. */
  private showCard(known: boolean): void {
    const { results } = this.state;
    if (results !== null) this.card.update(this.asked.chosen ?? results.query, known);
  }

  private showComparison(shown: boolean): void {
    this.asked.node.hidden = shown || this.state.results?.set == null;
    this.card.node.hidden = shown || this.state.results === null;
    this.whereabouts.node.hidden = shown || screenOf(this.state) !== 'matches';
    this.results.node.hidden = shown || screenOf(this.state) !== 'matches';
  }

  private draw(before: State): void {
    const { state, results } = this;
    const held = results.list.holdsFocus;
    this.bar.update(state);
    this.banners.update(state);
    this.body.classList.toggle('stale', state.phase.kind === 'searching' && state.results !== null);
    this.body.setAttribute('aria-busy', String(state.phase.kind === 'searching'));
    if (questionNow(state) !== questionNow(before)) this.comparison.close();
    this.showComparison(this.comparison.isOpen);
    this.notice.update(noticeOf(screenOf(state), state), held && results.node.hidden);
    if (state.facets !== before.facets) results.updateFacets(state.facets);
    if (state.results !== null && state.results !== before.results) {
      this.showResults(state.results, before, held);
      if (state.results.compared !== undefined) this.compare([state.results.compared]);
    }
    results.updateFreshness(freshnessOf(state));
    this.renewal.update(state);
  }

  private showResults(now: PanelResults, { results: before, indexThen }: State, held: boolean): void {
    const { list } = this.results;
    this.asked.update(now);
    const other = before === null || questionOf(before) !== questionOf(now);
    // What is drawn may be of files that have changed, but not where the list has only grown.
    const redrawn = !isGrowing(indexThen) && before?.ranking !== now.ranking;
    this.showCard(before !== null && keyOf(before.query.ref) === keyOf(now.query.ref) && redrawn);
    if (!other && redrawn) this.plots.refresh();
    this.results.update(now);
    this.whereabouts.update(now);
    if (other || !isGrowing(this.state.indexThen) || this.calibrating.known === null)
      this.calibrating.begin(now, other);
    if (other) {
      const place = this.places.of(now);
      window.scrollTo({ top: place.scroll, behavior: 'instant' });
      list.activate(place.active);
    }
    const lost = held && (other || !list.holdsFocus);
    // Focusing a row would take the focus from the rest of the window, such as the command palette.
    if (document.hasFocus() && (lost || document.activeElement === document.body)) list.focus();
    this.keepPlace();
  }

  private keepPlace(): void {
    const { results, phase } = this.state;
    if (results === null || phase.kind !== 'results' || this.comparison.isOpen) return;
    const place = { scroll: Math.max(0, Math.round(window.scrollY)), active: this.results.list.active };
    this.places.keep(results, place);
    this.host.save({ ...panelStateOf(this.name, results, place), plotOpen: this.plotOpen, mapOpen: this.mapOpen });
  }
}

/** What the shown results answer, or `null` without any. */
function questionNow({ results }: State): string | null {
  return results === null ? null : questionOf(results);
}
