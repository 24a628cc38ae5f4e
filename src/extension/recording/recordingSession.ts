import * as v from 'valibot';
import { t } from '../../l10n/messages';
import type { AskEngine } from '../../protocol/engine';
import { questions, type Span } from '../../protocol/explanation';
import {
  fromRecordingPage,
  type FromRecordingPage,
  type RecordingCommand,
  type RecordingState,
  type ToRecordingPage,
} from '../../protocol/recordingPage';
import type { SequenceRef } from '../../protocol/sequences';
import { Latest } from '../editor/latest';
import type { OfType } from '../../protocol/shapes';
import { received, type Handlers } from '../editor/pageMessages';
import { PageQuestions } from '../editor/pageQuestions';
import { detailsOf, KindredError, messageOf, type Remedy } from '../failure';

/** What the page's session works with. */
export interface RecordingPort {
  readonly ask: AskEngine;
  post(message: ToRecordingPage): void;
  /** Whether the file is there. */
  exists(): Promise<boolean>;
  findSimilar(ref: SequenceRef): Promise<void>;
  /** Asks the user for a label and gives it to a sequence. @returns whether it has it now */
  setLabel(ref: SequenceRef, siblings: number): Promise<boolean>;
  showReading(): Promise<void>;
  openAsText(): Promise<void>;
  /** Shows the recording of the folder that comes so many places later in the same tab. */
  step(by: 1 | -1): Promise<void>;
  /** Whether the page has the keyboard's focus. */
  focused(focused: boolean): void;
  runRemedy(remedy: Remedy): Promise<void>;
  savePlot(what: OfType<FromRecordingPage, 'savePlot'>): Promise<void>;
  /** Searches for parts of recordings that are like one of this. */
  findPart(what: OfType<FromRecordingPage, 'findPart'>): Promise<void>;
  log(text: string): void;
}

/** Questions that the page may ask, all of them about its file. */
const asked = ['series', 'samples', 'spectrogram', 'sequenceList'] as const;

/** What goes on between the extension and one page that shows a recording, however often the page is loaded. */
export class RecordingSession {
  readonly #port: RecordingPort;
  readonly #path: string;
  readonly #reading = new Latest();
  readonly #questions: PageQuestions;
  #number: number | null;
  #remedies: readonly Remedy[] = [];
  #begun = false;
  #state: RecordingState = {
    ...{ view: null, reading: true, gone: false, version: 0, marked: null },
    ...{ error: null, remedies: [] },
  };

  /** @param number of the sequence that is shown first, or `null` for the one that was shown before */
  constructor(port: RecordingPort, path: string, number: number | null) {
    this.#port = port;
    this.#path = path;
    this.#number = number;
    this.#questions = new PageQuestions(port);
  }

  /** The sequence that is shown, or `null` while none is. */
  get shown(): SequenceRef | null {
    return this.#state.view?.summary.ref ?? null;
  }

  /** Whether the engine could not be asked, as in a folder that is not trusted. */
  get isWaiting(): boolean {
    return this.#begun && this.#state.view === null && !this.#state.reading;
  }

  /** Shows a sequence of the file. */
  async show(number: number): Promise<void> {
    if (this.#number === number && this.#state.view !== null) return;
    this.#number = number;
    if (this.#begun) await this.renew();
  }

  /** Shows a stretch of a sequence of the file, selected. */
  async mark(number: number, span: Span): Promise<void> {
    this.#change({ marked: { id: (this.#state.marked?.id ?? 0) + 1, number, span } });
    await this.show(number);
  }

  /** The file, or what is said of it, may have changed: what is shown stays until that is read. */
  async renew(): Promise<void> {
    this.#begun = true;
    await this.#reading.run(async (signal) => {
      this.#change({ reading: true });
      try {
        const view = await this.#port.ask('recording', { path: this.#path, number: this.#number ?? 0 }, signal);
        if (signal.aborted) return;
        this.#number = view.summary.ref.number;
        this.#change({ view, reading: false, gone: false, version: this.#state.version + 1, ...this.#fine() });
      } catch (error) {
        const gone = !signal.aborted && !(await this.#port.exists());
        // The newer look says how it is now.
        if (!signal.aborted) this.#change({ reading: false, gone, ...this.#failed(error) });
      }
    });
  }

  /** Lets the page do what a menu or a key of the editor asks for. */
  run(command: RecordingCommand): void {
    this.#port.post({ type: 'run', command });
  }

  /** Does something about what is shown that a menu, a key or the page asks for. */
  async act(what: 'findSimilar' | 'setLabel'): Promise<void> {
    const { view } = this.#state;
    if (view === null) return;
    const { ref, siblings } = view.summary;
    if (what === 'findSimilar') await this.#port.findSimilar(ref);
    else if (await this.#port.setLabel(ref, siblings)) await this.renew();
  }

  /** Handles a message of the page, whatever it is. */
  async receive(raw: unknown): Promise<void> {
    const message = received(fromRecordingPage, this.#handlers, raw);
    if (!message.fits) {
      this.#port.log('The page that shows a recording sent a message that does not fit.');
      return;
    }
    try {
      await message.handle();
    } catch (error) {
      this.#change(this.#failed(error));
    }
  }

  dispose(): void {
    this.#reading.stop();
    this.#questions.dispose();
  }

  readonly #handlers: Handlers<FromRecordingPage> = {
    ready: async () => {
      this.#show();
      if (!this.#begun) await this.renew();
    },
    kept: ({ number }) => {
      this.#number ??= number;
    },
    show: ({ number }) => this.show(number),
    findSimilar: () => this.act('findSimilar'),
    setLabel: () => this.act('setLabel'),
    showReading: () => this.#port.showReading(),
    openAsText: () => this.#port.openAsText(),
    next: () => this.#port.step(1),
    previous: () => this.#port.step(-1),
    retry: () => this.renew(),
    focused: ({ focused }) => {
      this.#port.focused(focused);
    },
    remedy: async ({ index }) => {
      const remedy = this.#remedies[index];
      if (remedy !== undefined) await this.#port.runRemedy(remedy);
    },
    ask: (message) => this.#answer(message),
    cancel: ({ id }) => {
      this.#questions.cancel(id);
    },
    savePlot: (message) => this.#port.savePlot(message),
    findPart: async (message) => {
      if (message.query.path === this.shown?.path) await this.#port.findPart(message);
      else this.#port.log('The page that shows a recording asked for something that it was not shown.');
    },
  };

  /** The page asks for parts of what it was shown: of its file and no other. */
  async #answer({ id, name, asked: raw }: OfType<FromRecordingPage, 'ask'>): Promise<void> {
    const known = asked.find((each) => each === name);
    const parsed = known === undefined ? undefined : v.safeParse(questions[known].asked, raw);
    if (known === undefined || parsed?.success !== true || parsed.output.ref.path !== this.shown?.path) {
      this.#port.log('The page that shows a recording asked for something that it was not shown.');
      return;
    }
    const { output } = parsed;
    await this.#questions.answer(id, (signal) => this.#port.ask(known, output, signal));
  }

  #fine(): Pick<RecordingState, 'error' | 'remedies'> {
    this.#remedies = [];
    return { error: null, remedies: [] };
  }

  #failed(error: unknown): Pick<RecordingState, 'error' | 'remedies'> {
    if (!(error instanceof KindredError)) this.#port.log(detailsOf(error));
    this.#remedies =
      error instanceof KindredError ? error.remedies : [{ label: t('Show Log'), command: 'kindred.showLog' }];
    return { error: messageOf(error), remedies: this.#remedies.map(({ label }) => label) };
  }

  #change(change: Partial<RecordingState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show();
  }

  #show(): void {
    this.#port.post({ type: 'state', state: this.#state });
  }
}
