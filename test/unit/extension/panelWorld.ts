import { afterEach, beforeEach, expect, vi } from 'vitest';
import * as v from 'valibot';
import { EngineRefused } from '../../../src/extension/engine/engineErrors';
import type { ListedView, SavedPanel, View } from '../../../src/extension/results/history';
import type { PanelPort } from '../../../src/extension/results/panelPort';
import { PanelSession } from '../../../src/extension/results/panelSession';
import {
  engineRequests,
  type Answer,
  type AskEngine,
  type IndexStatus,
  type Listing,
  type ListParams,
  type Params,
  type QuerySet,
  type QuestionName,
  type RankParams,
  type SequenceRef,
  type SequenceSummary,
  type ShownSet,
} from '../../../src/protocol/engine';
import { toWebview, type ToWebview } from '../../../src/protocol/panel';

export const ref = (path: string): SequenceRef => ({ path, number: 0 });

export const summary = (path: string, more: Partial<SequenceSummary> = {}): SequenceSummary => ({
  ref: ref(path),
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
  doubts: [],
  ...more,
});

export const status = (sequences: number, state: IndexStatus['state'] = 'indexing'): IndexStatus => ({
  state,
  done: sequences,
  total: 10,
  sequences,
  skipped: 0,
  skippedSequences: 0,
  unsure: 0,
  changes: { opening: 'a', files: 0, labels: 0 },
  problem: null,
});

function shown({ queries, more, less, by }: QuerySet): ShownSet {
  const summaries = (refs: readonly SequenceRef[]) => refs.map(({ path }) => summary(path));
  return { queries: summaries(queries), more: summaries(more), less: summaries(less), by, mixed: false };
}

/** How the world answers one of the engine's requests. */
type Answers = {
  [Name in 'rank' | 'list' | 'facets' | QuestionName]: (
    params: Params<Name>,
    signal: AbortSignal | undefined,
  ) => Promise<Answer<Name>>;
};

/** A world with recordings /0 to /49 that are all equally near, and whatever the tests change in it. */
export class World implements PanelPort {
  readonly posted: ToWebview[] = [];
  /** What was ranked, and every part of a ranking that was asked for. */
  readonly ranked: RankParams[] = [];
  readonly listed: ListParams[] = [];
  readonly done: string[] = [];
  readonly logged: string[] = [];
  saved: SavedPanel | undefined;
  known = 50;
  index = status(50, 'ready');
  /** Rankings that the engine still has, with what they are of. */
  readonly rankings = new Map<string, RankParams>();

  post = (message: ToWebview) => {
    expect(v.is(toWebview, message)).toBe(true);
    this.posted.push(message);
  };

  /** The parameters as the engine takes them, which leaves out what a request does not know. */
  ask: AskEngine = (name, params, signal) => {
    const answer = this.engine[name as keyof Answers] as (params: unknown, signal?: AbortSignal) => Promise<never>;
    return answer(v.parse(engineRequests[name].params, params), signal);
  };

  engine: Answers = {
    rank: (params) => {
      this.ranked.push(params);
      const ranking = `ranking ${this.ranked.length}`;
      this.rankings.set(ranking, params);
      return Promise.resolve(this.answer(params, ranking));
    },
    list: (params) => {
      this.listed.push(params);
      const ranked = this.rankings.get(params.ranking);
      return ranked === undefined
        ? Promise.reject(new EngineRefused('It is gone.', 'gone', {}))
        : Promise.resolve(this.answer({ ...ranked, ...params }, params.ranking));
    },
    facets: () =>
      Promise.resolve({ labels: [{ value: null, count: this.known }], formats: [{ value: 'npy', count: this.known }] }),
    plot: ({ ref }) => Promise.resolve({ ref, steps: 100, rate: null, channels: [], hidden: 0 }),
    series: () => Promise.reject(new Error('nobody answers series')),
    spectrogram: () => Promise.reject(new Error('nobody answers spectrogram')),
    explain: () => Promise.reject(new Error('nobody answers explain')),
    timeline: () => Promise.reject(new Error('nobody answers timeline')),
    reasons: () => Promise.reject(new Error('nobody answers reasons')),
    passages: () => Promise.reject(new Error('nobody answers passages')),
    align: () => Promise.resolve({ lag: 1, unit: 's', correlation: 0.5 }),
    calibration: () => Promise.reject(new Error('nobody answers calibration')),
    whereabouts: () => Promise.reject(new Error('nobody answers whereabouts')),
    samples: () => Promise.reject(new Error('nobody answers samples')),
    sequenceList: () => Promise.reject(new Error('nobody answers sequenceList')),
  };

  answer({ query, set, scope, weights, from, count, find }: RankParams, ranking: string): Listing {
    const items = Array.from({ length: Math.max(0, Math.min(count, this.known - from)) }, (_, place) => ({
      kind: 'match' as const,
      rank: from + place + 1,
      distance: from + place,
      sequence: summary(`/${from + place}`),
    }));
    const known = this.known;
    return {
      ranking,
      query: summary(query.path),
      set: set === undefined ? null : shown(set),
      scope,
      weights,
      from,
      items,
      ...(find === undefined ? {} : { found: Number(find.path.slice(1)) }),
      length: known,
      matching: known,
      candidates: known,
      elsewhere: 0,
      labelled: false,
      nearest: 1,
      farthest: known,
      index: this.index,
    };
  }

  /** What was listed when something was taken away. */
  takenFrom: ListedView | undefined;

  takeAway = ({ type, format }: { readonly type: string; readonly format: string }, view: ListedView) => {
    this.takenFrom = view;
    return this.#do(`${type} ${format}`);
  };

  moved = (saved: SavedPanel) => {
    this.saved = saved;
  };

  log = (text: string) => {
    this.logged.push(text);
  };

  elsewhere: QuerySet | undefined;
  searchElsewhere = ({ ref }: { readonly ref: { readonly path: string } }, set: QuerySet | undefined) => {
    this.elsewhere = set;
    return this.#do(`elsewhere ${ref.path}`);
  };
  savedView: View | undefined;
  saveSet = (view: View) => {
    this.savedView = view;
    return Promise.resolve();
  };
  copiedView: ListedView | undefined;
  copyPython = (view: ListedView) => {
    this.copiedView = view;
    return Promise.resolve();
  };
  copyPaths = (paths: readonly string[]) => this.#do(`copy ${paths.join(' ')}`);
  /** Whether the user gives a label when asked for one. */
  labels = true;
  labelled: readonly SequenceRef[] = [];
  setLabel = (refs: readonly SequenceRef[]) => {
    this.labelled = refs;
    return Promise.resolve(this.labels);
  };
  passed: PanelPort['passed'] = {
    open: ({ ref }) => this.#do(`open ${ref.path}`),
    openAsText: ({ ref }) => this.#do(`text ${ref.path}`),
    reveal: ({ ref }) => this.#do(`reveal ${ref.path}`),
    openSeveral: ({ refs }) => this.#do(`open ${refs.map(({ path }) => path).join(' ')}`),
    pick: () => this.#do('pick'),
    findPart: ({ query, span, where }) => this.#do(`part ${span.start} to ${span.end} of ${query.path} in ${where}`),
    reading: ({ ref }) => this.#do(`reading ${ref.path}`),
    overview: () => this.#do('overview'),
    skipped: () => this.#do('skipped'),
    dropped: ({ uris }) => this.#do(`dropped ${uris.join(' ')}`),
    pin: ({ pinned }) => this.#do(`pin ${pinned}`),
    focused: ({ focused }) => this.#do(`focused ${focused}`),
  };

  /** The messages since the last call, without those about the index, the facets and the pin. */
  news(): ToWebview[] {
    return this.posted.splice(0).filter(({ type }) => !['index', 'facets', 'pinned'].includes(type));
  }

  #do(what: string): Promise<void> {
    this.done.push(what);
    return Promise.resolve();
  }
}

/** For every test of the calling file a new world and a panel in it, in a time that only the test moves on. */
export function panelWorld(): { readonly world: World; readonly session: PanelSession } {
  let world: World;
  let session: PanelSession;
  beforeEach(() => {
    vi.useFakeTimers();
    world = new World();
    session = new PanelSession(world, undefined);
  });
  afterEach(() => {
    session.dispose();
    vi.useRealTimers();
  });
  return {
    get world() {
      return world;
    },
    get session() {
      return session;
    },
  };
}
