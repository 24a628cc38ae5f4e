import * as v from 'valibot';
import { questions, type QuestionName } from '../../src/protocol/explanation';
import type { ToWebview } from '../../src/protocol/panel';
import type { Shape } from '../../src/protocol/shapes';
import { t } from './l10n';

/** Questions, each with the shapes of what is asked and answered. */
type Questions = Readonly<Record<string, { readonly asked: v.GenericSchema; readonly answer: v.GenericSchema }>>;

/** Asks the extension questions of a table that each have one answer. */
export interface AskerOf<Table extends Questions> {
  /**
   * Rejects with a message for the user.
   *
   * @param signal aborted when nobody waits for the answer any more, so that the work on it stops
   */
  ask<Name extends keyof Table & string>(
    name: Name,
    asked: Shape<Table[Name]['asked']>,
    signal?: AbortSignal,
  ): Promise<Shape<Table[Name]['answer']>>;
  receive(message: Extract<ToWebview, { type: 'answer' | 'unanswered' }>): void;
}

/** Asks what every page may ask of sequences. */
export type Asker = AskerOf<typeof questions>;

interface Waiting<Name> {
  readonly name: Name;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** What asks a question, and what takes it back. */
type QuestionMessage<Name> =
  | { readonly type: 'ask'; readonly id: number; readonly name: Name; readonly asked: unknown }
  | { readonly type: 'cancel'; readonly id: number };

export function asker(post: (message: QuestionMessage<QuestionName>) => void): Asker {
  return askerOf(questions, post);
}

export function askerOf<Table extends Questions>(
  table: Table,
  post: (message: QuestionMessage<keyof Table & string>) => void,
): AskerOf<Table> {
  const waiting = new Map<number, Waiting<keyof Table & string>>();
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
      const answer = v.safeParse((table[question.name] as Questions[string]).answer, message.answer);
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
