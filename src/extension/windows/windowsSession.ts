import * as v from 'valibot';
import type { AskEngine } from '../../protocol/engine';
import { questions, type Span } from '../../protocol/explanation';
import type { SequenceRef } from '../../protocol/sequences';
import type { FoundWindow, WindowsFound, WindowsParams } from '../../protocol/windows';
import {
  fromWindowsPage,
  type FromWindowsPage,
  type ToWindowsPage,
  type WindowsState,
} from '../../protocol/windowsPage';
import { Latest } from '../editor/latest';
import type { OfType } from '../../protocol/shapes';
import { received, type Handlers } from '../editor/pageMessages';
import { PageQuestions } from '../editor/pageQuestions';
import { detailsOf, KindredError, messageOf } from '../failure';

/** What the page's session works with. */
export interface WindowsPort {
  readonly ask: AskEngine;
  post(message: ToWindowsPage): void;
  /** Another search is shown, or the same one in another way. */
  moved(params: WindowsParams): void;
  /** Copies a cell for a notebook that gives what was found. */
  copyPython(params: WindowsParams, found: WindowsFound): Promise<void>;
  /** Shows a stretch of a recording in its editor. */
  open(ref: SequenceRef, span: Span): Promise<void>;
  log(text: string): void;
}

/** So many windows are asked for at first, and so many more at a time. */
export const windowsAtOnce = 50;

const mostWindows = 1000;

/** What goes on between the extension and the page that lists windows, however often the page is loaded. */
export class WindowsSession {
  readonly #port: WindowsPort;
  readonly #searching = new Latest();
  readonly #questions: PageQuestions;
  #state: WindowsState;

  constructor(port: WindowsPort, params: WindowsParams) {
    this.#port = port;
    this.#questions = new PageQuestions(port);
    this.#state = { params, found: null, searching: true, error: null };
  }

  /** Whether the engine could not be asked, as in a folder that is not trusted. */
  get isWaiting(): boolean {
    return this.#state.found === null && !this.#state.searching;
  }

  /** Searches; what was found before for the same stretch stays until the answer comes. */
  async search(params: WindowsParams = this.#state.params): Promise<void> {
    const isSame = JSON.stringify([params.query, params.span]) === JSON.stringify(this.#asked());
    this.#port.moved(params);
    this.#change({ params, searching: true, error: null, found: isSame ? this.#state.found : null });
    await this.#searching.run(async (signal) => {
      try {
        const found = await this.#port.ask('windows', params, signal);
        if (!signal.aborted) this.#change({ found, searching: false });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof KindredError)) this.#port.log(detailsOf(error));
        this.#change({ searching: false, error: messageOf(error) });
      }
    });
  }

  /** Handles a message of the page, whatever it is. */
  async receive(raw: unknown): Promise<void> {
    const message = received(fromWindowsPage, this.#handlers, raw);
    if (!message.fits) {
      this.#port.log('The page that lists parts of recordings sent a message that does not fit.');
      return;
    }
    await message.handle();
  }

  dispose(): void {
    this.#searching.stop();
    this.#questions.dispose();
  }

  readonly #handlers: Handlers<FromWindowsPage> = {
    ready: () => {
      this.#show();
    },
    retry: () => this.search(),
    more: async () => {
      const { params } = this.#state;
      const limit = Math.min(mostWindows, params.limit + windowsAtOnce);
      if (limit > params.limit) await this.search({ ...params, limit });
    },
    each: async ({ each }) => {
      const { params } = this.#state;
      if (each !== params.each) await this.search({ ...params, each, limit: windowsAtOnce });
    },
    range: async ({ range }) => {
      const { params } = this.#state;
      if (range !== (params.range ?? false)) await this.search({ ...params, range, limit: windowsAtOnce });
    },
    openQuery: () => this.#port.open(this.#state.params.query, this.#state.params.span),
    copyPython: async () => {
      const { params, found } = this.#state;
      if (found !== null) await this.#port.copyPython(params, found);
    },
    open: async ({ rank }) => {
      const row = this.#rowOf(rank);
      if (row !== undefined) await this.#port.open(row.sequence.ref, row.span);
    },
    search: async ({ rank }) => {
      const row = this.#rowOf(rank);
      const { params } = this.#state;
      if (row === undefined) return;
      await this.search({ ...params, query: row.sequence.ref, span: row.span, limit: windowsAtOnce });
    },
    ask: (message) => this.#answer(message),
    cancel: ({ id }) => {
      this.#questions.cancel(id);
    },
  };

  /** The page asks for the curves of recordings that it was shown. */
  async #answer({ id, name, asked }: OfType<FromWindowsPage, 'ask'>): Promise<void> {
    const parsed = v.safeParse(questions.series.asked, asked);
    if (name !== 'series' || !parsed.success || !this.#isShown(parsed.output.ref)) {
      this.#port.log('The page that lists parts of recordings asked for something that it was not shown.');
      return;
    }
    const { output } = parsed;
    await this.#questions.answer(id, (signal) => this.#port.ask('series', output, signal));
  }

  #isShown({ path, number }: SequenceRef): boolean {
    const { params, found } = this.#state;
    const shown = [params.query, ...(found?.rows.map(({ sequence }) => sequence.ref) ?? [])];
    return shown.some((ref) => ref.path === path && ref.number === number);
  }

  #rowOf(rank: number): FoundWindow | undefined {
    return this.#state.found?.rows.find((row) => row.rank === rank);
  }

  #asked(): readonly [SequenceRef, Span] {
    return [this.#state.params.query, this.#state.params.span];
  }

  #change(change: Partial<WindowsState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show();
  }

  #show(): void {
    this.#port.post({ type: 'state', state: this.#state });
  }
}
