import { basename } from 'node:path';
import * as v from 'valibot';
import { t } from '../../l10n/messages';
import { plainArrangement, type IndexStatus, type Listing, type SequenceRef } from '../../protocol/engine';
import {
  arrangement as arrangementSchema,
  fromWebview,
  type FromWebview,
  type PanelArrangement,
  type PanelCommand,
} from '../../protocol/panel';
import type { ExportRequest, Question, SavePlot } from '../../protocol/questions';
import { detailsOf, messageOf } from '../failure';
import { answerMessage } from './answerMessage';
import { clip, describeIssues, fitting, fittingFacets, fittingItems } from './fitting';
import { QueryHistory, type View } from './history';
import { onSelected, type OnSelected } from './onSelected';
import { PanelList } from './panelList';
import type { PanelPort } from './panelPort';
import { refsIn } from './panelQuestions';
import { PanelScreen } from './panelScreen';
import { passOn } from './passOn';
import { plotMessage } from './plotMessage';
import { ShownSequences, type ShownSequence } from './shownSequences';

/** Items of the first page: about as many as a tall window shows, twice. */
const firstPage = 50;

const savedPanel = v.object({ history: v.unknown(), arrangement: v.optional(arrangementSchema) });

/** What goes on between the host and one results panel, however often its page is loaded anew. */
export class PanelSession {
  readonly #port: PanelPort;
  readonly #history = new QueryHistory();
  readonly #shown = new ShownSequences();
  readonly #screen: PanelScreen;
  #arrangement = structuredClone(plainArrangement) as PanelArrangement;
  #list: PanelList | undefined;
  #searches = 0;
  /** How many sequences the index held when a search found nothing in it; more of them are worth another search. */
  #foundNothingIn: number | undefined;
  /** Whether the user has not touched the panel since it came back: until then nobody minds a list that changes. */
  #isResumed = false;

  constructor(port: PanelPort, saved: unknown) {
    this.#port = port;
    this.#screen = new PanelScreen(
      port,
      () => this.#history.directions,
      () => {
        this.#searchAgainIfWorthwhile();
      },
    );
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

  /** Asks for what is most like `query`. */
  async show(query: ShownSequence): Promise<void> {
    this.#isResumed = false;
    this.#shown.add(query);
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

  /** Lets the page do what a menu or a key of the editor asks for. */
  run(command: PanelCommand, item: number | null): void {
    this.#screen.post({ type: 'run', command, item });
  }

  indexChanged(status: IndexStatus): void {
    this.#screen.indexChanged(status);
  }

  dispose(): void {
    this.#screen.dispose();
    this.#searches++;
  }

  async #handle(message: FromWebview): Promise<void> {
    const refs = refsIn(message);
    if (!refs.every((ref) => this.#shown.has(ref))) {
      this.#reject(`${message.type}: a sequence that the panel was never told of`);
      return;
    }
    if (!['ready', 'plot', 'page', 'focused', 'ask'].includes(message.type)) this.#isResumed = false;
    switch (message.type) {
      case 'ready':
        this.#screen.show();
        return;
      case 'search':
        await this.#ask(message.ref);
        return;
      case 'ask':
        await this.#answer(message.id, message.question);
        return;
      case 'export':
      case 'savePlot':
        await this.#takeAway(message);
        return;
      case 'plot':
        this.#screen.post(await plotMessage(this.#port, message.ref, message.columns));
        return;
      case 'page':
        await this.#page(message.list, message.from, message.count);
        return;
      case 'arrange':
        this.#arrangement = message.arrangement;
        await this.#search({ fresh: false });
        return;
      case 'weights':
        await this.#change({ weights: message.weights });
        return;
      case 'scope':
        await this.#change({ scope: message.scope });
        return;
      case 'copyPaths':
      case 'setLabel':
      case 'exclude':
        await this.#onSelected(message);
        return;
      case 'back':
      case 'forward':
        if (this.#history.move(message.type === 'back' ? -1 : 1)) await this.#search();
        return;
      case 'retry':
        await this.#search();
        return;
      case 'open':
      case 'openSeveral':
      case 'pin':
      case 'focused':
      case 'pick':
      case 'skipped':
        await passOn(message, this.#port);
    }
  }

  async #ask(query: SequenceRef): Promise<void> {
    const shown = this.#shown.get(query);
    if (this.#screen.isPinned && shown !== undefined) {
      await this.#port.searchElsewhere(shown);
      return;
    }
    const before = this.#history.current;
    const keepsWeights = before !== undefined && this.#shown.haveSameChannels(before.query, query);
    const weights = keepsWeights ? before.weights : null;
    this.#history.push({ query, scope: before?.scope ?? 'layout', weights });
    await this.#search();
  }

  async #change(change: Partial<View>): Promise<void> {
    const view = this.#history.current;
    if (view === undefined) return;
    this.#history.replace({ ...view, ...change });
    await this.#search();
  }

  async #search({ quietly = false, fresh = true } = {}): Promise<void> {
    const view = this.#history.current;
    if (view === undefined) return;
    const search = ++this.#searches;
    const file = this.#fileOf(view.query);
    const arrangement = this.#arrangement;
    this.#foundNothingIn = undefined;
    this.#port.moved({ history: this.#history.save(), arrangement }, file);
    if (!quietly) this.#screen.display({ type: 'searching', file, history: this.#history.directions });
    const question = { ...view, arrangement };
    const list = new PanelList(search, question, (parameters) => this.#port.list(parameters));
    try {
      const listing = await this.#port.list({ ...question, from: 0, count: firstPage, fresh });
      if (search === this.#searches) this.#found(listing, list, arrangement);
    } catch (error) {
      this.#port.log(detailsOf(error));
      if (search === this.#searches) this.#screen.fail(clip(messageOf(error)));
    }
  }

  #found(listing: Listing, list: PanelList, arrangement: PanelArrangement): void {
    this.#list = list;
    this.#shown.add(listing.query);
    this.#knows(listing);
    const results = fitting(listing, list.id, arrangement);
    this.#screen.display({ type: 'results', results, history: this.#history.directions }, listing.index);
    this.#postFacets(listing, list);
    if (listing.candidates > 0) return;
    this.#foundNothingIn = listing.index.sequences;
    this.#screen.reportIndex();
  }

  async #page(id: number, from: number, count: number): Promise<void> {
    const list = this.#list;
    if (list?.id !== id) return;
    try {
      const listing = await list.page(from, count);
      this.#knows(listing);
      if (this.#list !== list) return;
      this.#screen.post({ type: 'page', list: id, from, items: fittingItems(listing.items), length: listing.length });
    } catch (error) {
      this.#port.log(detailsOf(error));
      if (this.#list === list) this.#screen.fail(clip(messageOf(error)));
    }
  }

  #postFacets({ query, scope }: Listing, list: PanelList): void {
    this.#port.facets({ query: query.ref, scope }).then(
      (facets) => {
        if (this.#list === list) this.#screen.facets = fittingFacets(facets);
      },
      (error: unknown) => {
        this.#port.log(detailsOf(error));
      },
    );
  }

  async #onSelected(message: OnSelected): Promise<void> {
    const list = this.#list;
    if (list?.id !== message.list) return;
    const relisting = await onSelected(message, list, () => this.#arrangement, this.#port);
    if (relisting === null) return;
    this.#arrangement = relisting.arrangement;
    await this.#search(relisting);
  }

  #searchAgainIfWorthwhile(): void {
    const { sequences = 0, state } = this.#screen.index ?? {};
    const hasGrown = this.#foundNothingIn !== undefined && sequences > this.#foundNothingIn;
    const hasSettled =
      this.#isResumed && state === 'ready' && (this.#screen.indexOfResults?.state ?? 'ready') !== 'ready';
    if (!hasGrown && !hasSettled) return;
    this.#search({ quietly: true }).catch((error: unknown) => {
      this.#port.log(detailsOf(error));
    });
  }

  #knows({ items }: Listing): void {
    for (const item of items) if (item.kind === 'match') this.#shown.add(item.sequence);
  }

  async #takeAway(what: ExportRequest | SavePlot): Promise<void> {
    const view = this.#history.current;
    const arrangement = this.#arrangement;
    if (view !== undefined) await this.#port.takeAway(what, { ...view, arrangement });
  }

  async #answer(id: number, question: Question): Promise<void> {
    const view = this.#history.current;
    if (view !== undefined) this.#screen.post(await answerMessage(this.#port, id, question, view));
  }

  #fileOf(ref: SequenceRef): string {
    return clip(this.#shown.get(ref)?.file ?? basename(ref.path));
  }

  #reject(detail: string): void {
    this.#port.log(`The panel sent a message that does not fit: ${detail}`);
    this.#screen.fail(t('The panel sent something that Kindred does not understand. Please search again.'));
  }
}
