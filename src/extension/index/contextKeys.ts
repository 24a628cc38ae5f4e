import type { LogOutputChannel } from 'vscode';
import { setContextKey } from '../editor/contextKey';
import { isIndexing, isPaused, type Situation } from './situation';

/** The `when` clauses' view of the index. */
export class ContextKeys {
  readonly #log: LogOutputChannel;
  readonly #values = new Map<string, boolean>();

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  follow(situation: Situation): void {
    this.#set('kindred.indexing', isIndexing(situation));
    this.#set('kindred.paused', isPaused(situation));
  }

  #set(key: string, value: boolean): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    setContextKey(this.#log, key, value);
  }
}
