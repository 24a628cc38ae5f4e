import { expect } from 'vitest';
import * as v from 'valibot';
import type { IndexStatus, Plot, SearchParams, SearchResult, SequenceSummary } from '../../../src/protocol/engine';
import { toWebview, type ToWebview } from '../../../src/protocol/panel';
import type { SavedHistory } from '../../../src/host/panel/history';
import type { PanelPort } from '../../../src/host/panel/panelSession';
import type { Answer, Question } from '../../../src/protocol/questions';

export const summary = (path: string, more: Partial<SequenceSummary> = {}): SequenceSummary => ({
  ref: { path, number: 0 },
  file: path.slice(1),
  siblings: 1,
  format: 'npy',
  name: null,
  label: null,
  channels: [null],
  steps: 100,
  rate: null,
  covered: 1,
  notes: [],
  ...more,
});

export const status = (sequences: number, state: IndexStatus['state'] = 'indexing'): IndexStatus => ({
  state,
  done: sequences,
  total: 10,
  sequences,
  skipped: 0,
  problem: null,
});

/** A world with recordings /0 to /49 that are all equally near, and whatever the tests change in it. */
export class World implements PanelPort {
  readonly posted: ToWebview[] = [];
  readonly searched: SearchParams[] = [];
  readonly done: string[] = [];
  readonly logged: string[] = [];
  saved: SavedHistory | undefined;
  known = 50;
  index = status(50, 'ready');

  post = (message: ToWebview) => {
    expect(v.is(toWebview, message)).toBe(true);
    this.posted.push(message);
  };

  search = (parameters: SearchParams): Promise<SearchResult> => {
    this.searched.push(parameters);
    return Promise.resolve(this.answer(parameters));
  };

  answer({ query, scope, limit }: SearchParams): SearchResult {
    const matches = Array.from({ length: Math.min(limit, this.known) }, (_, place) => ({
      rank: place + 1,
      distance: place,
      sequence: summary(`/${place}`),
    }));
    const query_ = summary(query.path);
    return { query: query_, scope, matches, candidates: this.known, elsewhere: 0, index: this.index, milliseconds: 1 };
  }

  plot = (): Promise<Plot> =>
    Promise.resolve({
      ref: { path: '/1', number: 0 },
      steps: 100,
      rate: null,
      channels: [{ name: 'x'.repeat(5000), unit: null, minimum: [0], maximum: [1] }],
      hidden: 0,
    });

  reply = (question: Question): Promise<Answer> =>
    question.kind === 'align'
      ? Promise.resolve({ kind: 'align', lag: 1, unit: 's', correlation: 0.5 })
      : Promise.reject(new Error(`nobody answers ${question.kind}`));

  takeAway = ({ type, format }: { readonly type: string; readonly format: string }) => this.#do(`${type} ${format}`);

  moved = (history: SavedHistory) => {
    this.saved = history;
  };

  log = (text: string) => {
    this.logged.push(text);
  };

  open = ({ path }: { readonly path: string }) => this.#do(`open ${path}`);
  pick = () => this.#do('pick');
  showSkipped = () => this.#do('skipped');

  /** The messages since the last call, without those about the index. */
  news(): ToWebview[] {
    return this.posted.splice(0).filter(({ type }) => type !== 'index');
  }

  #do(what: string): Promise<void> {
    this.done.push(what);
    return Promise.resolve();
  }
}
