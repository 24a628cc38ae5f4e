import type { TuningReport, TuningSettings } from '../../protocol/finetune';
import {
  fromTuningPage,
  type FromTuningPage,
  type ToTuningPage,
  type TuningSituation,
} from '../../protocol/finetunePanel';
import type { LabelOverview, LabelSource } from '../../protocol/labels';
import { received, type Handlers } from '../editor/pageMessages';
import { messageOf } from '../failure';

/** What the page's session works with. */
export interface TuningPort {
  post(message: ToTuningPage): void;
  count(pattern: string | null): Promise<LabelOverview>;
  start(source: LabelSource, sets: readonly string[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops and forgets; for a report as well. */
  discard(): Promise<void>;
  use(): Promise<void>;
  openSettings(): Promise<void>;
  open(path: string): Promise<void>;
  situation(): TuningSituation;
  settings(): TuningSettings;
  encoder(): string;
  indexing(): boolean;
  log(text: string): void;
}

/** What one page for fine-tuning shows and asks for. */
export class TuningSession {
  readonly #port: TuningPort;
  #labels: LabelOverview | null = null;
  #pattern: string | null = null;
  #error: string | null = null;
  #counts = 0;

  constructor(port: TuningPort) {
    this.#port = port;
  }

  async receive(raw: unknown): Promise<void> {
    const message = received(fromTuningPage, this.#handlers, raw);
    if (!message.fits) {
      this.#port.log('The page for fine-tuning sent a message that is not understood.');
      return;
    }
    this.#error = null;
    try {
      await message.handle();
    } catch (error) {
      this.#error = messageOf(error);
      this.#port.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    this.show();
  }

  /** Sends the page everything that it shows. */
  show(): void {
    const port = this.#port;
    port.post({
      situation: port.situation(),
      labels: this.#labels,
      settings: port.settings(),
      encoder: port.encoder(),
      indexing: port.indexing(),
      error: this.#error,
    });
  }

  /** Counts labels again, as when the index has become complete. */
  async recount(): Promise<void> {
    if (this.#counts > 0 && this.#port.situation().kind === 'none') await this.#count(this.#pattern);
    this.show();
  }

  readonly #handlers: Handlers<FromTuningPage> = {
    ready: async () => {
      this.show();
      await this.#count(null);
    },
    count: async ({ pattern }) => {
      this.#pattern = pattern;
      await this.#count(pattern);
    },
    start: ({ source, sets }) => this.#port.start(source, sets),
    pause: () => this.#port.pause(),
    resume: () => this.#port.resume(),
    cancel: () => this.#discard(),
    discard: () => this.#discard(),
    use: () => this.#port.use(),
    settings: () => this.#port.openSettings(),
    open: async ({ path }) => {
      if (isNamed(this.#port.situation(), path)) await this.#port.open(path);
      else this.#port.log(`The page for fine-tuning asked for ${path}, which it was never shown.`);
    },
  };

  async #discard(): Promise<void> {
    await this.#port.discard();
    await this.#count(null);
  }

  /** Of counts that overtake each other, as somebody types, the last one that was asked for holds. */
  async #count(pattern: string | null): Promise<void> {
    const own = ++this.#counts;
    const labels = await this.#port.count(pattern);
    if (own === this.#counts) this.#labels = labels;
  }
}

function isNamed(situation: TuningSituation, path: string): boolean {
  return situation.kind === 'done' && pathsIn(situation.report).has(path);
}

function pathsIn({ right, wrong }: TuningReport): ReadonlySet<string> {
  return new Set([...right, ...wrong].flatMap(({ query, before, after }) => [query.path, before.path, after.path]));
}
