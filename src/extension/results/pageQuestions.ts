import type { Asked, QuestionName } from '../../protocol/explanation';
import type { AskEngine, Params } from '../../protocol/engine';
import type { ToWebview } from '../../protocol/panel';
import type { Comparing } from '../../protocol/sequences';
import { detailsOf, messageOf } from '../failure';

export interface QuestionPort {
  readonly ask: AskEngine;
  post(message: ToWebview): void;
  log(text: string): void;
}

/** The questions that the page waits for: each is handed on to the engine, and answered by its number. */
export class PageQuestions {
  readonly #port: QuestionPort;
  readonly #running = new Map<number, AbortController>();

  constructor(port: QuestionPort) {
    this.#port = port;
  }

  /** @param how how the panel compares, for the questions whose answers depend on it */
  async answer<Name extends QuestionName>(id: number, name: Name, asked: Asked<Name>, how: Comparing): Promise<void> {
    const running = new AbortController();
    this.#running.set(id, running);
    try {
      // A question is what the page asks and, if it needs that, how the panel compares; the engine leaves out the rest.
      const params = { ...asked, ...how } as unknown as Params<Name>;
      const answer = await this.#port.ask(name, params, running.signal);
      if (!running.signal.aborted) this.#port.post({ type: 'answer', id, answer });
    } catch (error) {
      if (running.signal.aborted) return;
      this.#port.log(detailsOf(error));
      this.#port.post({ type: 'unanswered', id, message: messageOf(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  /** Stops the work on a question. */
  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }

  dispose(): void {
    for (const running of this.#running.values()) running.abort();
  }
}
