import * as v from 'valibot';
import { layoutKey } from '../../core/recordings/layout';
import { t } from '../../l10n/messages';
import type { AskEngine } from '../../protocol/engine';
import type { SetLabelParams } from '../../protocol/labels';
import {
  fromOverviewPage,
  overviewQuestions,
  type FromOverviewPage,
  type OverviewState,
  type ToOverviewPage,
} from '../../protocol/overviewPage';
import type { IndexStatus, SequenceRef } from '../../protocol/sequences';
import type { OfType } from '../../protocol/shapes';
import { received, type Handlers } from '../editor/pageMessages';
import { PageQuestions } from '../editor/pageQuestions';
import { detailsOf, KindredError, messageOf, type Remedy } from '../failure';
import { refsIn } from '../results/shownSequences';
import { KnownPoints } from './knownPoints';

/** What the page's session works with. */
export interface OverviewPort {
  readonly ask: AskEngine;
  post(message: ToOverviewPage): void;
  /** Whether anybody can see the page. */
  isVisible(): boolean;
  /** Runs something later, unless the function that is returned is called before. */
  later(run: () => void): () => void;
  /** Another layout is looked at. */
  moved(layout: string | null): void;
  open(refs: readonly SequenceRef[]): Promise<void>;
  findSimilar(refs: readonly SequenceRef[]): Promise<void>;
  /** Copies a cell for a notebook; see `CopyAsPython.recordings`. */
  copyPython(layoutOf: SequenceRef | null, refs: readonly SequenceRef[] | null): Promise<void>;
  /** Shows a sequence beside another. @param isPooled whether they may have different channels */
  compare(one: SequenceRef, other: SequenceRef, isPooled: boolean): Promise<void>;
  setLabel(targets: SetLabelParams['targets']): Promise<void>;
  /** Gives targets a label each without asking for it. */
  accept(labels: ReadonlyMap<string, SetLabelParams['targets']>): Promise<void>;
  undo(): Promise<void>;
  /** Leaves files with so many sequences out of the index. */
  exclude(paths: readonly string[], sequences: number): Promise<void>;
  fineTune(): Promise<void>;
  runRemedy(remedy: Remedy): Promise<void>;
  log(text: string): void;
}

/** What goes on between the extension and the page that shows a folder, however often the page is loaded. */
export class OverviewSession {
  readonly #port: OverviewPort;
  readonly #questions: PageQuestions;
  #state: OverviewState;
  #remedies: readonly Remedy[] = [];
  #known: KnownPoints | null = null;
  /** What is known of the index: layouts are listed again when it holds something else. */
  #index = '';
  #opening = '';
  #areLayoutsOld = true;
  #isLooking = false;
  #mustLookAgain = false;
  #cancelLater: () => void = () => undefined;
  #isDisposed = false;

  /** @param layout that is looked at first, or `undefined` for the largest */
  constructor(
    port: OverviewPort,
    private wanted: string | null | undefined,
  ) {
    this.#port = port;
    this.#questions = new PageQuestions(port);
    const nothing = { layouts: [], layout: null, gone: false, status: null };
    this.#state = { ...nothing, error: null, remedies: [] };
  }

  /** Looks how far the overview is, and shows what has changed; calls while it looks end in one further look. */
  async look(): Promise<void> {
    this.#mustLookAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#cancelLater();
    try {
      while (this.#takeTurn()) await this.#lookOnce();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isLooking = false;
    }
    this.#lookLater();
  }

  /** Takes up what the engine says of the index. */
  async indexChanged({ state, changes, sequences }: IndexStatus): Promise<void> {
    const index = JSON.stringify([state, changes, sequences]);
    if (index === this.#index) return;
    if (changes.opening !== this.#opening) this.#known = null;
    [this.#index, this.#opening, this.#areLayoutsOld] = [index, changes.opening, true];
    await this.look();
  }

  /** Handles a message of the page, whatever it is. */
  async receive(raw: unknown): Promise<void> {
    const message = received(fromOverviewPage, this.#handlers, raw);
    if (!message.fits) this.#reject('that does not fit');
    else if (refsIn(message.message).every((ref) => this.#known?.has(ref) ?? false)) await message.handle();
    else this.#reject('about a sequence that it was not shown');
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelLater();
    this.#questions.dispose();
  }

  readonly #handlers: Handlers<FromOverviewPage> = {
    ready: async () => {
      this.#show();
      this.#showPoints();
      await this.look();
    },
    retry: () => this.look(),
    layout: async ({ layout }) => {
      this.wanted = layout;
      this.#port.moved(layout);
      this.#enter(layout);
      await this.look();
    },
    pause: async ({ paused }) => {
      const { layout } = this.#state;
      const status = await this.#port.ask('overviewPause', { layout, paused });
      if (layout === this.#state.layout) this.#change({ status });
      await this.look();
    },
    remedy: async ({ index }) => {
      const remedy = this.#remedies[index];
      if (remedy !== undefined) await this.#port.runRemedy(remedy);
    },
    open: ({ refs }) => this.#port.open(refs),
    findSimilar: ({ refs }) => this.#port.findSimilar(refs),
    copyPython: ({ refs }) => {
      const layoutOf = this.#state.layout === null ? null : (this.#known?.first ?? null);
      return this.#port.copyPython(layoutOf, refs.length === 0 ? null : refs);
    },
    compare: ({ refs: [one, other] }) => this.#port.compare(one, other, this.#state.layout === null),
    setLabel: ({ refs }) => this.#port.setLabel(this.#targetsOf(refs)),
    accept: ({ labels }) => {
      const targets = new Map<string, SetLabelParams['targets']>();
      for (const { ref, label } of labels) {
        targets.set(label, [...(targets.get(label) ?? []), ...this.#targetsOf([ref])]);
      }
      return this.#port.accept(targets);
    },
    undo: () => this.#port.undo(),
    exclude: ({ refs, kept }) => this.#exclude(refs, kept),
    fineTune: () => this.#port.fineTune(),
    ask: (message) => this.#answer(message),
    cancel: ({ id }) => {
      this.#questions.cancel(id);
    },
  };

  #takeTurn(): boolean {
    const must = this.#mustLookAgain && !this.#isDisposed;
    this.#mustLookAgain = false;
    return must;
  }

  async #lookOnce(): Promise<void> {
    if (this.#areLayoutsOld) await this.#listLayouts();
    const { layout, gone } = this.#state;
    if (gone || this.#state.layouts.length === 0) return;
    const status = await this.#port.ask('overview', { layout });
    if (layout !== this.#state.layout) return;
    this.#remedies = [];
    this.#change({ status, error: null, remedies: [] });
    const known = this.#known?.points;
    if (known?.version !== status.version) await this.#fetchPoints(layout);
    else if (known.picture !== status.picture) await this.#fetchPlaces(layout);
  }

  async #listLayouts(): Promise<void> {
    this.#areLayoutsOld = false;
    try {
      const found = await this.#port.ask('layouts', {});
      const layouts = found.map(({ channels, sequences }) => ({ layout: layoutKey(channels), channels, sequences }));
      this.#change({ layouts });
    } catch (error) {
      this.#areLayoutsOld = true;
      throw error;
    }
    const { layouts } = this.#state;
    if (this.wanted === undefined && layouts[0] !== undefined) this.wanted = layouts[0].layout;
    if (this.wanted !== undefined && this.wanted !== this.#state.layout) this.#enter(this.wanted);
    const { layout } = this.#state;
    const gone = layout !== null && !layouts.some((each) => each.layout === layout);
    if (gone) this.#known = null;
    this.#change(gone ? { gone, status: null } : { gone });
  }

  /** Shows nothing of a layout until it is known. */
  #enter(layout: string | null): void {
    this.#known = null;
    const gone = layout !== null && !this.#state.layouts.some((each) => each.layout === layout);
    this.#change({ layout, gone, status: null, error: null, remedies: [] });
  }

  async #fetchPoints(layout: string | null): Promise<void> {
    const points = await this.#port.ask('overviewPoints', { layout });
    if (layout !== this.#state.layout) return;
    this.#known = new KnownPoints(points);
    this.#showPoints();
  }

  async #fetchPlaces(layout: string | null): Promise<void> {
    const places = await this.#port.ask('overviewPlaces', { layout });
    const known = this.#known?.points;
    if (layout !== this.#state.layout || known?.version !== places.version) {
      this.#mustLookAgain = layout === this.#state.layout;
      return;
    }
    this.#known = this.#known?.movedTo(places) ?? null;
    this.#port.post({ type: 'places', layout, places });
  }

  /** Looks again while something goes on and somebody sees it. */
  #lookLater(): void {
    const { status } = this.#state;
    const goesOn = status !== null && status.stage !== 'ready' && !status.paused;
    if (this.#isDisposed || !goesOn || !this.#port.isVisible()) return;
    this.#cancelLater = this.#port.later(() => {
      this.look().catch((error: unknown) => {
        this.#port.log(detailsOf(error));
      });
    });
  }

  async #exclude(refs: readonly SequenceRef[], kept: readonly SequenceRef[]): Promise<void> {
    const keep = new Set(kept.map(({ path }) => path));
    const paths = new Set(refs.map(({ path }) => path).filter((path) => !keep.has(path)));
    if (paths.size === 0) {
      throw new KindredError(t('They lie in the file of the one to keep, and Kindred can only leave out whole files.'));
    }
    await this.#port.exclude([...paths], this.#known?.countIn(paths) ?? 0);
  }

  async #answer({ id, name, asked }: OfType<FromOverviewPage, 'ask'>): Promise<void> {
    const parsed = v.safeParse(overviewQuestions[name].asked, asked);
    if (!parsed.success) {
      this.#reject(`that asks for ${name} in a way that does not fit`);
      return;
    }
    const params = parsed.output;
    if ('layout' in params && params.layout !== this.#state.layout) {
      this.#port.post({ type: 'unanswered', id, message: t('Another layout is shown now.') });
      return;
    }
    await this.#questions.answer(id, (signal) => this.#port.ask(name, params, signal));
  }

  #targetsOf(refs: readonly SequenceRef[]): SetLabelParams['targets'] {
    return refs.flatMap((ref) => this.#known?.targetOf(ref) ?? []);
  }

  #reject(what: string): void {
    this.#port.log(`The page of the overview sent a message ${what}.`);
  }

  #fail(error: unknown): void {
    if (!(error instanceof KindredError)) this.#port.log(detailsOf(error));
    this.#remedies =
      error instanceof KindredError ? error.remedies : [{ label: t('Show Log'), command: 'kindred.showLog' }];
    this.#change({ error: messageOf(error), remedies: this.#remedies.map(({ label }) => label) });
  }

  #change(change: Partial<OverviewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show();
  }

  #show(): void {
    this.#port.post({ type: 'state', state: this.#state });
  }

  #showPoints(): void {
    if (this.#known === null) return;
    this.#port.post({ type: 'points', layout: this.#state.layout, points: this.#known.points });
  }
}
