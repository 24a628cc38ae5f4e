import { basename } from 'node:path';
import * as v from 'valibot';
import type {
  IndexStatus,
  Plot,
  PlotParams,
  SearchParams,
  SearchResult,
  SequenceRef,
  SequenceSummary,
} from '../../protocol/engine';
import { fromWebview, type FromWebview, type ToWebview } from '../../protocol/panel';
import type { Answer, ExportRequest, Question, SavePlot } from '../../protocol/questions';
import { detailsOf, messageOf } from '../failure';
import { clip, clipNullable, describeIssues, fitting, misfitOf } from './fitting';
import { refsOf } from './panelQuestions';
import { QueryHistory, type SavedHistory, type View } from './history';
import { ShownSequences } from './shownSequences';
import { Throttle } from './throttle';
import { t } from '../../l10n/messages';

/** How many matches are shown at first, and how many more each time. */
const pageSize = 20;
const mostMatches = 10_000;
/** Channels drawn of one sequence. */
const plottedChannels = 6;
/** Milliseconds between two reports of the index. */
const reportInterval = 250;

/** What a session needs of the world around it. The last three deal with their failures themselves. */
export interface PanelPort {
  post(message: ToWebview): void;
  search(parameters: SearchParams): Promise<SearchResult>;
  plot(parameters: PlotParams): Promise<Plot>;
  /** Has a question of the webview answered. */
  reply(question: Question, view: View): Promise<Answer>;
  /** Saves a table or a drawing; deals with its failures itself. */
  takeAway(what: ExportRequest | SavePlot, view: View): Promise<void>;
  /** The history has changed; the panel is about `file` now. */
  moved(history: SavedHistory, file: string): void;
  log(text: string): void;
  open(ref: SequenceRef): Promise<void>;
  pick(): Promise<void>;
  showSkipped(): Promise<void>;
}

/** What goes on between the host and one results panel, however often its page is loaded anew. */
export class PanelSession {
  readonly #port: PanelPort;
  readonly #history = new QueryHistory();
  readonly #shown = new ShownSequences();
  readonly #fileOfPath = new Map<string, string>();
  readonly #report = new Throttle(reportInterval, () => {
    this.#postIndex(this.#index);
    this.#searchAgainIfWorthwhile();
  });
  #screen: ToWebview = { type: 'empty' };
  #index: IndexStatus | undefined;
  /** The index as it was when the results on the screen were made. */
  #indexOfResults: IndexStatus | undefined;
  #searches = 0;
  /** How many sequences the index held when a search found nothing in it; more of them are worth another search. */
  #foundNothingIn: number | undefined;
  /** Whether the user has not touched the panel since it came back: until then nobody minds a list that changes. */
  #isResumed = false;

  constructor(port: PanelPort, savedHistory: unknown) {
    this.#port = port;
    this.#history.restore(savedHistory);
  }

  /** Asks for what is most like `query`. */
  async show(query: SequenceSummary): Promise<void> {
    this.#isResumed = false;
    this.#knows(query);
    await this.#ask(query.ref);
  }

  /** Shows the current query of the saved history anew, after the window was reloaded. */
  async resume(): Promise<void> {
    this.#isResumed = true;
    await this.#search();
  }

  /** Handles a message of the webview, whatever it is. */
  async receive(raw: unknown): Promise<void> {
    const message = v.safeParse(fromWebview, raw);
    if (message.success) await this.#handle(message.output);
    else this.#reject(describeIssues(message.issues));
  }

  indexChanged(status: IndexStatus): void {
    this.#index = status;
    this.#report.call();
  }

  dispose(): void {
    this.#report.dispose();
    this.#searches++;
  }

  async #handle(message: FromWebview): Promise<void> {
    if ('ref' in message && !this.#shown.has(message.ref)) {
      this.#reject(`${message.type}: a sequence that the panel was never told of`);
      return;
    }
    if (!['ready', 'plot', 'ask'].includes(message.type)) this.#isResumed = false;
    switch (message.type) {
      case 'ready':
        this.#postScreen();
        return;
      case 'search':
        await this.#ask(message.ref);
        return;
      case 'open':
        await this.#port.open(message.ref);
        return;
      case 'plot':
        await this.#plot(message.ref, message.columns);
        return;
      case 'ask':
        await this.#answer(message.id, message.question);
        return;
      case 'export':
      case 'savePlot':
        if (this.#history.current !== undefined) await this.#port.takeAway(message, this.#history.current);
        return;
      case 'more':
        await this.#change(({ limit }) => ({ limit: Math.min(limit + pageSize, mostMatches) }));
        return;
      case 'scope':
        await this.#change(() => ({ scope: message.scope, limit: pageSize }));
        return;
      case 'back':
        if (this.#history.move(-1)) await this.#search();
        return;
      case 'forward':
        if (this.#history.move(1)) await this.#search();
        return;
      case 'retry':
        await this.#search();
        return;
      case 'pick':
        await this.#port.pick();
        return;
      case 'skipped':
        await this.#port.showSkipped();
        return;
    }
  }

  async #ask(query: SequenceRef): Promise<void> {
    this.#history.push({ query, scope: this.#history.current?.scope ?? 'layout', limit: pageSize });
    await this.#search();
  }

  async #change(change: (view: View) => Partial<View>): Promise<void> {
    const view = this.#history.current;
    if (view === undefined) return;
    this.#history.replace({ ...view, ...change(view) });
    await this.#search();
  }

  async #search(quietly = false): Promise<void> {
    const view = this.#history.current;
    if (view === undefined) return;
    const search = ++this.#searches;
    const file = this.#fileOf(view.query);
    const history = this.#history.directions;
    this.#foundNothingIn = undefined;
    this.#port.moved(this.#history.save(), file);
    if (!quietly) this.#display({ type: 'searching', file, history });
    try {
      const result = await this.#port.search(view);
      if (search === this.#searches) this.#found(result);
    } catch (error) {
      this.#port.log(detailsOf(error));
      if (search === this.#searches) this.#display({ type: 'error', message: clip(messageOf(error)), history });
    }
  }

  #found(result: SearchResult): void {
    this.#knows(result.query);
    for (const { sequence } of result.matches) this.#knows(sequence);
    this.#index ??= result.index;
    const results = { type: 'results', results: fitting(result), history: this.#history.directions } as const;
    this.#display(results, result.index);
    if (result.matches.length > 0) return;
    this.#foundNothingIn = result.index.sequences;
    this.#report.call();
  }

  #postIndex(status: IndexStatus | undefined): void {
    if (status === undefined) return;
    this.#post({ type: 'index', status: { ...status, problem: clipNullable(status.problem) } });
  }

  #searchAgainIfWorthwhile(): void {
    const { sequences = 0, state } = this.#index ?? {};
    const hasGrown = this.#foundNothingIn !== undefined && sequences > this.#foundNothingIn;
    const hasSettled = this.#isResumed && state === 'ready' && isUnfinished(this.#indexOfResults);
    if (!hasGrown && !hasSettled) return;
    this.#search(true).catch((error: unknown) => {
      this.#port.log(detailsOf(error));
    });
  }

  async #plot(ref: SequenceRef, columns: number): Promise<void> {
    try {
      const plot = await this.#port.plot({ ref, columns, channels: plottedChannels });
      const channels = plot.channels.map((channel) => ({
        name: clipNullable(channel.name),
        unit: clipNullable(channel.unit),
        minimum: [...channel.minimum],
        maximum: [...channel.maximum],
      }));
      this.#post({ type: 'plot', plot: { ...plot, channels } });
    } catch (error) {
      this.#port.log(detailsOf(error));
      this.#post({ type: 'plotFailed', ref, message: clip(messageOf(error)) });
    }
  }

  async #answer(id: number, question: Question): Promise<void> {
    const view = this.#history.current;
    if (view === undefined || !refsOf(question).every((ref) => this.#shown.has(ref))) {
      this.#reject(`${question.kind}: a sequence that the panel was never told of`);
      return;
    }
    try {
      this.#post({ type: 'answer', id, answer: await this.#port.reply(question, view) });
    } catch (error) {
      this.#port.log(detailsOf(error));
      this.#post({ type: 'unanswered', id, message: clip(messageOf(error)) });
    }
  }

  #knows({ ref, file }: SequenceSummary): void {
    this.#shown.add(ref);
    this.#fileOfPath.set(ref.path, clip(file));
  }

  #fileOf({ path }: SequenceRef): string {
    return this.#fileOfPath.get(path) ?? basename(path);
  }

  #reject(detail: string): void {
    this.#port.log(`The panel sent a message that does not fit: ${detail}`);
    const message = t('The panel sent something that Kindred does not understand. Please search again.');
    this.#display({ type: 'error', message, history: this.#history.directions });
  }

  #display(screen: ToWebview, index?: IndexStatus): void {
    this.#screen = screen;
    this.#indexOfResults = index;
    this.#postScreen();
  }

  #postScreen(): void {
    // In this order, because the page takes results to be made from the index that it was told of last.
    this.#postIndex(this.#indexOfResults);
    this.#post(this.#screen);
    this.#postIndex(this.#index);
  }

  #post(message: ToWebview): void {
    const misfit = misfitOf(message);
    if (misfit === undefined) {
      this.#port.post(message);
      return;
    }
    this.#port.log(`A message of type ${message.type} does not fit the panel: ${misfit}`);
    if (message.type === 'results') {
      const text = t('The results hold something that the panel cannot show. The log has the details.');
      this.#display({ type: 'error', message: text, history: this.#history.directions });
    }
  }
}

function isUnfinished(index: IndexStatus | undefined): boolean {
  return index !== undefined && index.state !== 'ready';
}
