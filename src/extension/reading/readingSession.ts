import * as v from 'valibot';
import { t } from '../../l10n/messages';
import { files } from '../../l10n/nouns';
import type { AskEngine } from '../../protocol/engine';
import { questions } from '../../protocol/explanation';
import type { Decisions } from '../../protocol/reading';
import {
  fromReadingPage,
  type FromReadingPage,
  type ReadingState,
  type ToReadingPage,
} from '../../protocol/readingPage';
import type { OfType } from '../../protocol/shapes';
import { received, type Handlers } from '../editor/pageMessages';
import { PageQuestions } from '../editor/pageQuestions';
import { detailsOf, KindredError, messageOf } from '../failure';
import { Latest } from '../editor/latest';

/** What the page's session works with. */
export interface ReadingPort {
  readonly ask: AskEngine;
  post(message: ToReadingPage): void;
  /** What is tried out has changed. */
  moved(saved: SavedReading): void;
  openFile(path: string): Promise<void>;
  /** @param line from 1 */
  openRules(path: string, line: number): Promise<void>;
  savePlot(what: OfType<FromReadingPage, 'savePlot'>, path: string): Promise<void>;
  log(text: string): void;
}

/** What is kept of a page when its window is reloaded. */
export interface SavedReading {
  readonly path: string;
  readonly decisions: Decisions | null;
}

/** What goes on between the extension and the page that shows how one file is read. */
export class ReadingSession {
  readonly #port: ReadingPort;
  readonly #describing = new Latest();
  readonly #counting = new Latest();
  readonly #questions: PageQuestions;
  #path: string;
  #tried: Decisions | null;
  #state: ReadingState = {
    rules: null,
    decisions: {},
    description: null,
    reading: true,
    scope: 'file',
    glob: '',
    counted: null,
    writing: false,
    done: null,
    error: null,
  };

  constructor(port: ReadingPort, { path, decisions }: SavedReading) {
    this.#port = port;
    this.#questions = new PageQuestions(port);
    this.#path = path;
    this.#tried = decisions;
  }

  get path(): string {
    return this.#path;
  }

  /** Whether the engine has not answered yet, as in a folder that is not trusted. */
  get isWaiting(): boolean {
    return this.#state.rules === null;
  }

  /** Finds out what holds for the file, and how it is read. */
  async begin(): Promise<void> {
    const done = this.#state.done;
    await this.#attempt(async () => {
      const rules = await this.#port.ask('readingRules', { path: this.#path });
      this.#path = rules.path;
      const { scope } = this.#state;
      const glob = this.#state.glob === '' ? rules.globs[scope] : this.#state.glob;
      this.#change({ rules, decisions: this.#tried ?? rules.decisions, glob, done });
      await Promise.all([this.#describe(), this.#count()]);
    });
    if (this.#state.rules === null) this.#change({ reading: false });
  }

  /** A document was saved in the editor, which may be the file or the rules. */
  async saved(path: string): Promise<void> {
    if (path === this.#path || path === this.#state.rules?.rulesFile) await this.begin();
  }

  /** Handles a message of the page, whatever it is. */
  async receive(raw: unknown): Promise<void> {
    const message = received(fromReadingPage, this.#handlers, raw);
    if (!message.fits) {
      this.#port.log('The page that shows how a file is read sent a message that does not fit.');
      return;
    }
    await this.#attempt(message.handle);
  }

  dispose(): void {
    this.#describing.stop();
    this.#counting.stop();
    this.#questions.dispose();
  }

  readonly #handlers: Handlers<FromReadingPage> = {
    ready: () => {
      this.#show();
    },
    decide: async ({ decisions }) => {
      this.#tried = decisions;
      this.#port.moved({ path: this.#path, decisions });
      this.#change({ decisions, done: null, error: null });
      await this.#describe();
    },
    scope: async ({ scope, glob }) => {
      this.#change({ scope, glob, counted: null, done: null, error: null });
      await this.#count();
    },
    apply: () => this.#write(this.#state.decisions),
    reset: () => this.#write(null),
    openFile: () => this.#port.openFile(this.#path),
    openRules: async () => {
      const { rules } = this.#state;
      if (rules?.rulesFile != null) await this.#port.openRules(rules.rulesFile, rules.problem?.line ?? 1);
    },
    ask: (message) => this.#answer(message),
    cancel: ({ id }) => {
      this.#questions.cancel(id);
    },
    savePlot: (message) => this.#port.savePlot(message, this.#path),
  };

  async #describe(): Promise<void> {
    this.#change({ reading: true });
    await this.#describing.run(async (signal) => {
      const asked = { path: this.#path, decisions: this.#state.decisions };
      try {
        const description = await this.#port.ask('describeReading', asked, signal);
        if (!signal.aborted) this.#change({ description, reading: false });
      } catch (error) {
        if (!signal.aborted) this.#change({ description: null, reading: false });
        throw error;
      }
    });
  }

  async #count(): Promise<void> {
    const { glob, rules } = this.#state;
    if (glob === '' || rules?.rulesFile == null) return;
    await this.#counting.run(async (signal) => {
      const counted = await this.#port.ask('countFiles', { path: this.#path, glob }, signal);
      if (!signal.aborted) this.#change({ counted });
    });
  }

  /** @param decisions `null` to remove the rule */
  async #write(decisions: Decisions | null): Promise<void> {
    const { glob } = this.#state;
    if (this.#state.writing || glob === '') return;
    this.#change({ writing: true, done: null, error: null });
    try {
      const { decided } = await this.#port.ask('setReadingRule', { path: this.#path, glob, decisions });
      const counted = await this.#port.ask('countFiles', { path: this.#path, glob });
      const isNeeded = Object.keys(decided).length > 0;
      this.#change({ counted, done: doneText(decisions === null, isNeeded, counted.files) });
      this.#tried = null;
      this.#port.moved({ path: this.#path, decisions: null });
    } finally {
      this.#change({ writing: false });
    }
    await this.begin();
  }

  /** The page asks for the curves of what it was shown: of this file, as it is read now. */
  async #answer({ id, name, asked }: OfType<FromReadingPage, 'ask'>): Promise<void> {
    const parsed = v.safeParse(questions.series.asked, asked);
    if (name !== 'series' || !parsed.success || parsed.output.ref.path !== this.#path) {
      this.#port.log('The page that shows how a file is read asked for something that it was not shown.');
      return;
    }
    const { output } = parsed;
    await this.#questions.answer(id, (signal) =>
      this.#port.ask('previewSeries', { ...output, decisions: this.#state.decisions }, signal),
    );
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof KindredError)) this.#port.log(detailsOf(error));
      this.#change({ error: messageOf(error) });
    }
  }

  #change(change: Partial<ReadingState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show();
  }

  #show(): void {
    this.#port.post({ type: 'state', state: this.#state });
  }
}

function doneText(isRemoved: boolean, isNeeded: boolean, count: number): string {
  if (isRemoved) return t('The rule was removed. Files that it was about are read again.');
  if (!isNeeded) return t('The reader finds all of this by itself, so no rule is needed.');
  return t('The rule is written to reading.json. It is about {0}.', files(count));
}
