import * as v from 'valibot';
import type { TuningReport, TuningSettings } from '../../protocol/finetune';
import {
  fromTuningPage,
  type FromTuningPage,
  type ToTuningPage,
  type TuningSituation,
} from '../../protocol/finetunePanel';
import type { LabelOverview, LabelSource } from '../../protocol/labels';
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

  async receive(message: unknown): Promise<void> {
    const parsed = v.safeParse(fromTuningPage, message);
    if (!parsed.success) {
      this.#port.log('The page for fine-tuning sent a message that is not understood.');
      return;
    }
    this.#error = null;
    try {
      await this.#answer(parsed.output);
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

  async #answer(message: FromTuningPage): Promise<void> {
    const port = this.#port;
    switch (message.type) {
      case 'ready':
        this.show();
        await this.#count(null);
        break;
      case 'count':
        this.#pattern = message.pattern;
        await this.#count(message.pattern);
        break;
      case 'start':
        await port.start(message.source, message.sets);
        break;
      case 'pause':
        await port.pause();
        break;
      case 'resume':
        await port.resume();
        break;
      case 'cancel':
      case 'discard':
        await port.discard();
        await this.#count(null);
        break;
      case 'use':
        await port.use();
        break;
      case 'settings':
        await port.openSettings();
        break;
      case 'open':
        if (isNamed(port.situation(), message.path)) await port.open(message.path);
        else port.log(`The page for fine-tuning asked for ${message.path}, which it was never shown.`);
    }
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
