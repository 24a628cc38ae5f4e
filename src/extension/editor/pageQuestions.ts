import { detailsOf, messageOf } from '../failure';

/** The answer to a question of a page, by the number that the page gave it. */
export type PageAnswer =
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'unanswered'; readonly id: number; readonly message: string };

export interface QuestionPort {
  post(message: PageAnswer): void;
  log(text: string): void;
}

/** The questions that a page waits for: each is answered by its number, unless the page has cancelled it. */
export class PageQuestions {
  readonly #port: QuestionPort;
  readonly #running = new Map<number, AbortController>();

  constructor(port: QuestionPort) {
    this.#port = port;
  }

  async answer(id: number, ask: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const running = new AbortController();
    this.#running.set(id, running);
    try {
      const answer = await ask(running.signal);
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
