import * as v from 'valibot';
import { questions, type Answered, type Asked, type QuestionName } from '../../src/protocol/explanation';
import type { FromWebview, ToWebview } from '../../src/protocol/panel';
import { t } from './l10n';

/** Asks the extension questions that each have one answer. */
export interface Asker {
  /**
   * Rejects with a message for the user.
   *
   * @param signal aborted when nobody waits for the answer any more, so that the work on it stops
   */
  ask<Name extends QuestionName>(name: Name, asked: Asked<Name>, signal?: AbortSignal): Promise<Answered<Name>>;
  receive(message: Extract<ToWebview, { type: 'answer' | 'unanswered' }>): void;
}

interface Waiting {
  readonly name: QuestionName;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export function asker(post: (message: Extract<FromWebview, { type: 'ask' | 'cancel' }>) => void): Asker {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  return {
    ask: (name, asked, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const id = ++last;
        waiting.set(id, { name, resolve, reject });
        post({ type: 'ask', id, name, asked });
        signal?.addEventListener(
          'abort',
          () => {
            if (!waiting.delete(id)) return;
            post({ type: 'cancel', id });
            reject(new Error('The question was aborted.'));
          },
          { once: true },
        );
      }),
    receive: (message) => {
      const question = waiting.get(message.id);
      if (question === undefined) return;
      waiting.delete(message.id);
      if (message.type === 'unanswered') {
        question.reject(new Error(message.message));
        return;
      }
      const answer = v.safeParse(questions[question.name].answer, message.answer);
      if (answer.success) question.resolve(answer.output as never);
      else
        question.reject(
          new Error(
            t(
              'The page got a message from the extension that it does not understand. What is shown may be out of date.',
            ),
          ),
        );
    },
  };
}

/** Asks one thing at a time: while an answer is awaited, only the newest question is kept. */
export class LatestQuestion {
  private busy = false;
  private next: (() => Promise<void>) | null = null;

  /** @param work must not reject */
  ask(work: () => Promise<void>): void {
    this.next = work;
    if (!this.busy) this.run();
  }

  private run(): void {
    const work = this.next;
    this.next = null;
    if (work === null) return;
    this.busy = true;
    const goOn = (): void => {
      this.busy = false;
      this.run();
    };
    work().then(goOn, goOn);
  }
}
