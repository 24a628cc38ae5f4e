import { basename } from 'node:path';
import * as v from 'valibot';
import { t } from '../../l10n/messages';
import { plainArrangement, noFilter, type Arrangement, type IndexStatus, type Params } from '../../protocol/engine';
import { questions } from '../../protocol/explanation';
import { fromWebview, type FromPage, type FromWebview, type PanelCommand } from '../../protocol/panel';
import type { SequenceRef } from '../../protocol/sequences';
import { received, type Handlers } from '../editor/pageMessages';
import { PageQuestions } from '../editor/pageQuestions';
import { detailsOf, KindredError } from '../failure';
import { QueryHistory, savedPanel, type Asking, type ListedView, type View } from './history';
import { setOfAll, withCombination, withMark, withoutMark, withoutSequence } from './marks';
import type { PanelPort } from './panelPort';
import { PanelLists, type OnSelection, type SearchOptions } from './panelLists';
import { describeIssues, PanelScreen } from './panelScreen';
import { refsIn, ShownSequences, type ShownSequence } from './shownSequences';

/** As many matches as an arrangement may exclude. */
const mostExcluded = 10_000;

/** Messages that a page sends by itself, without the user. */
const untouched: ReadonlySet<FromWebview['type']> = new Set(['ready', 'page', 'focused', 'ask', 'cancel', 'renew']);

/** What goes on between the extension and one results panel, however often its page is loaded. */
export class PanelSession {
  readonly #port: PanelPort;
  readonly #history = new QueryHistory();
  readonly #shown = new ShownSequences();
  readonly #screen: PanelScreen;
  readonly #lists: PanelLists;
  readonly #questions: PageQuestions;
  #arrangement: Arrangement = plainArrangement;
  /** Whether the user has not touched the panel since it came back: until then nobody minds a list that changes. */
  #isResumed = false;
  #isRenewing = false;

  constructor(port: PanelPort, saved: unknown) {
    this.#port = port;
    this.#screen = new PanelScreen(
      port,
      () => this.#history.directions,
      () => {
        this.#searchAgainIfWorthwhile();
      },
    );
    this.#lists = new PanelLists(port, this.#screen, this.#shown);
    this.#questions = new PageQuestions(port);
    const kept = v.safeParse(savedPanel, saved);
    if (!kept.success) return;
    this.#history.restore(kept.output.history);
    this.#arrangement = kept.output.arrangement ?? this.#arrangement;
  }

  get isPinned(): boolean {
    return this.#screen.isPinned;
  }

  set isPinned(pinned: boolean) {
    this.#screen.isPinned = pinned;
  }

  /**
   * Asks for what is most like `query`, and beside it a set. What the list was filtered by for another query is forgotten, as
   * are its weights and the groups that were closed.
   */
  async show(query: ShownSequence, asking: Asking = {}): Promise<void> {
    this.#isResumed = false;
    this.#shown.add(query);
    this.#arrangement = { ...this.#arrangement, filter: noFilter, collapsed: [] };
    await this.#ask(query.ref, { ...asking, comparing: { weights: null, ...asking.comparing } });
  }

  /** Shows the current query of the saved history anew, after the window was reloaded. */
  async resume(): Promise<void> {
    this.#isResumed = true;
    await this.#search();
  }

  /** The labels that the list shows may have changed. */
  async refresh(): Promise<void> {
    if (this.#history.current !== undefined) await this.#search({ quietly: true, fresh: false });
  }

  /** Handles a message of the page, whatever it is. */
  async receive(raw: unknown): Promise<void> {
    const message = received(fromWebview, this.#handlers, raw);
    if (!message.fits) {
      this.#reject(describeIssues(message.issues));
      return;
    }
    if (!untouched.has(message.message.type)) this.#isResumed = false;
    await message.handle();
  }

  /** Lets the page do what a menu or a key of the editor asks for. */
  run(command: PanelCommand, item: number | null): void {
    this.#screen.post({ type: 'run', command, item });
  }

  indexChanged(status: IndexStatus): void {
    this.#screen.indexChanged(status);
  }

  dispose(): void {
    this.#screen.dispose();
    this.#lists.dispose();
    this.#questions.dispose();
  }

  readonly #handlers: Handlers<FromWebview> = {
    ready: () => {
      this.#screen.show();
    },
    search: (message) => this.#isShown(message, message.ref) && this.#ask(message.ref),
    open: (message) => this.#isShown(message, message.ref) && this.#port.passed.open(message),
    openAsText: (message) => this.#isShown(message, message.ref) && this.#port.passed.openAsText(message),
    reveal: (message) => this.#isShown(message, message.ref) && this.#port.passed.reveal(message),
    openSeveral: (message) => this.#isShown(message, message.refs) && this.#port.passed.openSeveral(message),
    reading: (message) => this.#isShown(message, message.ref) && this.#port.passed.reading(message),
    ask: (message) => this.#answer(message),
    cancel: ({ id }) => {
      this.#questions.cancel(id);
    },
    page: async (message) => {
      if (await this.#lists.page(message)) await this.#search({ quietly: true });
    },
    arrange: ({ arrangement }) => {
      this.#arrangement = arrangement;
      return this.#search({ fresh: false });
    },
    renew: (message) => this.#isShown(message, message.keep) && this.#renew(message.keep),
    weights: ({ weights }) => this.#change((view) => ({ ...view, weights })),
    scope: ({ scope }) => this.#change((view) => ({ ...view, scope })),
    combine: ({ by }) => this.#change((view) => withCombination(view, by)),
    leaveOut: (message) =>
      this.#isShown(message, message.ref) && this.#change((view) => withoutSequence(view, message.ref)),
    markMore: (message) => this.#mark(message, (view, refs) => withMark(view, refs, 'more')),
    markLess: (message) => this.#mark(message, (view, refs) => withMark(view, refs, 'less')),
    unmark: (message) => this.#mark(message, withoutMark),
    searchAll: async (message) => {
      const refs = await this.#selected(message);
      const [first] = refs;
      if (first !== undefined) await this.#ask(first, { set: setOfAll(refs) });
    },
    saveSet: async () => {
      const view = this.#history.current;
      if (view !== undefined) await this.#port.saveSet(view);
    },
    copyPython: async () => {
      const view = this.#listed;
      if (view !== undefined) await this.#port.copyPython(view);
    },
    back: () => this.#history.move(-1) && this.#search(),
    forward: () => this.#history.move(1) && this.#search(),
    retry: () => this.#search(),
    copyPaths: async (message) => {
      const refs = await this.#selected(message);
      if (refs.length > 0) await this.#port.copyPaths([...new Set(refs.map(({ path }) => path))]);
    },
    setLabel: async (message) => {
      const refs = await this.#selected(message);
      if (refs.length > 0 && (await this.#port.setLabel(refs))) await this.refresh();
    },
    exclude: async (message) => {
      const refs = await this.#selected(message);
      if (refs.length === 0) return;
      const { filter } = this.#arrangement;
      const excluded = [...filter.excluded, ...refs].slice(-mostExcluded);
      this.#arrangement = { ...this.#arrangement, filter: { ...filter, excluded } };
      await this.#search({ fresh: false });
    },
    findPart: (message) => this.#isShown(message, message.query) && this.#port.passed.findPart(message),
    export: (message) => this.#takeAway(message),
    savePlot: (message) => this.#takeAway(message),
    pin: (message) => this.#port.passed.pin(message),
    focused: (message) => this.#port.passed.focused(message),
    pick: (message) => this.#port.passed.pick(message),
    overview: (message) => this.#port.passed.overview(message),
    skipped: (message) => this.#port.passed.skipped(message),
    dropped: (message) => this.#port.passed.dropped(message),
  };

  async #ask(query: SequenceRef, { set, comparing, beside }: Asking = {}): Promise<void> {
    const shown = this.#shown.get(query);
    if (this.#screen.isPinned && shown !== undefined) {
      await this.#port.searchElsewhere(shown, set);
      return;
    }
    const before = this.#history.current;
    const keepsWeights = before !== undefined && this.#shown.haveSameChannels(before.query, query);
    const weights = keepsWeights ? before.weights : null;
    const asked = { query, scope: before?.scope ?? 'layout', weights, ...comparing };
    this.#history.push(set === undefined ? asked : { ...asked, set });
    await this.#search({ beside: beside ?? null });
  }

  async #change(change: (view: View) => View): Promise<void> {
    const view = this.#history.current;
    if (view === undefined) return;
    this.#history.replace(change(view));
    await this.#search();
  }

  /** Changes marks as they are once it is known which sequences are meant: another mark may have come meanwhile. */
  async #mark(message: OnSelection, change: (view: View, refs: readonly SequenceRef[]) => View): Promise<void> {
    const asked = this.#history.current?.query;
    const refs = await this.#selected(message);
    if (refs.length > 0 && this.#history.current?.query === asked) await this.#change((view) => change(view, refs));
  }

  /** Makes the list again, unless that is under way. */
  async #renew(keep: SequenceRef | null): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      await this.#search({ quietly: true, keep });
    } finally {
      this.#isRenewing = false;
    }
  }

  async #search({
    quietly = false,
    fresh = true,
    keep = null,
    beside = null,
  }: Partial<SearchOptions> = {}): Promise<void> {
    const view = this.#history.current;
    if (view === undefined) return;
    const arrangement = this.#arrangement;
    const file = this.#shown.get(view.query)?.file ?? basename(view.query.path);
    this.#port.moved({ history: this.#history.save(), arrangement }, file);
    if (!quietly) this.#screen.display({ type: 'searching', file, history: this.#history.directions });
    await this.#lists.search(view, arrangement, { quietly, fresh, keep, beside });
  }

  #searchAgainIfWorthwhile(): void {
    const { index, indexOfResults } = this.#screen;
    if (index === undefined) return;
    const view = this.#history.current;
    const isRelabelled = view !== undefined && this.#lists.hasOtherLabels(view, index);
    const hasSettled = this.#isResumed && index.state === 'ready' && (indexOfResults?.state ?? 'ready') !== 'ready';
    const isWorthwhile = hasSettled || this.#lists.isWorthwhile(index);
    if (!isWorthwhile && !isRelabelled) return;
    this.#search({ quietly: true, fresh: isWorthwhile }).catch((error: unknown) => {
      this.#port.log(detailsOf(error));
    });
  }

  /** @throws KindredError if the list is made again meanwhile */
  async #selected(message: OnSelection): Promise<readonly SequenceRef[]> {
    const refs = await this.#lists.selected(message);
    if (refs !== null) return refs;
    await this.#search({ quietly: true });
    throw new KindredError(t('The list had to be made again and may have changed. Select again what you mean.'));
  }

  async #takeAway(what: FromPage<'export'> | FromPage<'savePlot'>): Promise<void> {
    const view = this.#listed;
    if (view !== undefined) await this.#port.takeAway(what, view);
  }

  get #listed(): ListedView | undefined {
    const view = this.#history.current;
    if (view === undefined) return undefined;
    return { ...view, arrangement: this.#arrangement, ranking: this.#lists.rankingOf(view) };
  }

  async #answer(message: FromPage<'ask'>): Promise<void> {
    const { id, name } = message;
    const asked = v.safeParse(questions[name].asked, message.asked);
    if (!asked.success) this.#reject(describeIssues(asked.issues));
    const view = this.#history.current;
    if (!asked.success || view === undefined || !this.#isShown(message, asked.output)) return;
    // A question is what the page asks and, if it needs that, how the panel compares; the engine leaves out the rest.
    const params = { ...asked.output, ...this.#lists.comparingOf(view) } as unknown as Params<typeof name>;
    await this.#questions.answer(id, (signal) => this.#port.ask(name, params, signal));
  }

  /** Whether every sequence that a message names was shown; a page may follow no others. */
  #isShown({ type }: FromWebview, named: unknown): boolean {
    const isShown = refsIn(named).every((ref) => this.#shown.has(ref));
    if (!isShown) this.#reject(`${type}: a sequence that the panel was never told of`);
    return isShown;
  }

  #reject(detail: string): void {
    this.#port.log(`The panel sent a message that does not fit: ${detail}`);
    this.#screen.fail(t('The panel sent something that Kindred does not understand. Please search again.'));
  }
}
