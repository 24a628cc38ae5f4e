import { requests, type Request1, type Scope, type SequenceRef } from '../../protocol/engine';
import type { FromWebview } from '../../protocol/panel';
import type { Answer, Question } from '../../protocol/questions';
import { clipNullable } from './fitting';

/** Asks the engine. */
export type AskEngine = <P, R>(request: Request1<P, R>, parameters: P) => Promise<R>;

/** How the panel compares at the moment. */
export interface Comparing {
  readonly scope: Scope;
  readonly weights: readonly number[] | null;
}

/** The sequences that a question is about. */
function refsOf(question: Question): readonly SequenceRef[] {
  switch (question.kind) {
    case 'series':
    case 'passages':
      return [question.ref];
    case 'calibration':
      return [question.query];
    case 'explain':
    case 'timeline':
    case 'align':
      return [question.query, question.match];
  }
}

/** The sequences that a message names. */
export function refsIn(message: FromWebview): readonly SequenceRef[] {
  if (message.type === 'ask') return refsOf(message.question);
  return 'ref' in message ? [message.ref] : 'refs' in message ? message.refs : [];
}

/** Has a question of the webview answered by the engine; what comes from files is cut to what the webview accepts. */
export async function answerOf(question: Question, how: Comparing, ask: AskEngine): Promise<Answer> {
  switch (question.kind) {
    case 'series': {
      const series = await ask(requests.series, question);
      const channels = series.channels.map((channel) => ({
        ...channel,
        name: clipNullable(channel.name),
        unit: clipNullable(channel.unit),
        minimum: [...channel.minimum],
        maximum: [...channel.maximum],
      }));
      return { kind: 'series', series: { ...series, channels } };
    }
    case 'explain':
      return { kind: 'explain', explanation: mutable(await ask(requests.explain, { ...question, ...how })) };
    case 'timeline': {
      const { query, match } = mutable(await ask(requests.timeline, { ...question, ...how }));
      return { kind: 'timeline', query, match };
    }
    case 'passages':
      return { kind: 'passages', passages: mutable(await ask(requests.passages, question)) };
    case 'align':
      return { kind: 'align', ...(await ask(requests.align, { ...question, ...how })) };
    case 'calibration':
      return { kind: 'calibration', calibration: mutable(await ask(requests.calibration, { ...question, ...how })) };
  }
}

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** Nobody else holds what has just come from the engine. */
function mutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>;
}
