import type { FromWebview, ToWebview } from '../../src/protocol/panel';
import type { Answer, Question } from '../../src/protocol/questions';

type AnswerTo<K extends Question['kind']> = Extract<Answer, { kind: K }>;

/** Asks the host questions that each have one answer. A rejection carries a message for the user. */
export interface Asker {
  ask<K extends Question['kind']>(question: Extract<Question, { kind: K }>): Promise<AnswerTo<K>>;
  receive(message: Extract<ToWebview, { type: 'answer' | 'unanswered' }>): void;
}

interface Waiting {
  readonly kind: Question['kind'];
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export function asker(post: (message: FromWebview) => void): Asker {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { kind: question.kind, resolve, reject });
        post({ type: 'ask', id, question });
      }),
    receive: (message) => {
      const asked = waiting.get(message.id);
      if (asked === undefined) return;
      waiting.delete(message.id);
      if (message.type === 'unanswered') asked.reject(new Error(message.message));
      else if (message.answer.kind === asked.kind) asked.resolve(message.answer as never);
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
