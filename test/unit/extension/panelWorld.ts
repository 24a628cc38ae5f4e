import { afterEach, beforeEach, expect, vi } from 'vitest';
import * as v from 'valibot';
import type {
  Facets,
  IndexStatus,
  Listing,
  ListParams,
  Plot,
  SequenceRef,
  SequenceSummary,
} from '../../../src/protocol/engine';
import { toWebview, type ToWebview } from '../../../src/protocol/panel';
import type { View } from '../../../src/extension/results/history';
import { PanelSession } from '../../../src/extension/results/panelSession';
import type { ListedView, PanelPort, SavedPanel } from '../../../src/extension/results/panelPort';
import type { Answer, Question } from '../../../src/protocol/questions';

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
  /** What was ranked anew, and every part of a list that was asked for. */
  readonly searched: ListParams[] = [];
  readonly asked: ListParams[] = [];
  readonly done: string[] = [];
  readonly logged: string[] = [];
  saved: SavedPanel | undefined;
  known = 50;
  index = status(50, 'ready');

  post = (message: ToWebview) => {
    expect(v.is(toWebview, message)).toBe(true);
    this.posted.push(message);
  };

  list = (parameters: ListParams): Promise<Listing> => {
    this.asked.push(parameters);
    if (parameters.from === 0) this.searched.push(parameters);
    return Promise.resolve(this.answer(parameters));
  };

  answer({ query, scope, weights, from, count }: ListParams): Listing {
    const items = Array.from({ length: Math.max(0, Math.min(count, this.known - from)) }, (_, place) => ({
      kind: 'match' as const,
      rank: from + place + 1,
      distance: from + place,
      sequence: summary(`/${from + place}`),
    }));
    const known = this.known;
    return {
      query: summary(query.path),
      scope,
      weights,
      from,
      items,
      length: known,
      matches: known,
      candidates: known,
      elsewhere: 0,
      labelled: false,
      nearest: 1,
      farthest: known,
      index: this.index,
    };
  }

  facets = (): Promise<Facets> =>
    Promise.resolve({ labels: [{ value: null, count: this.known }], formats: [{ value: 'npy', count: this.known }] });

  plot = (): Promise<Plot> =>
    Promise.resolve({
      ref: { path: '/1', number: 0 },
      steps: 100,
      rate: null,
      channels: [{ name: 'x'.repeat(5000), unit: null, minimum: [0], maximum: [1] }],
      hidden: 0,
    });

  /** How was compared when the last question was answered. */
  repliedFor: View | undefined;

  reply = (question: Question, view: View): Promise<Answer> => {
    this.repliedFor = view;
    return question.kind === 'align'
      ? Promise.resolve({ kind: 'align', lag: 1, unit: 's', correlation: 0.5 })
      : Promise.reject(new Error(`nobody answers ${question.kind}`));
  };

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

  open = ({ path }: { readonly path: string }) => this.#do(`open ${path}`);
  pick = () => this.#do('pick');
  showSkipped = () => this.#do('skipped');
  openSeveral = (refs: readonly { readonly path: string }[]) =>
    this.#do(`open ${refs.map(({ path }) => path).join(' ')}`);
  searchElsewhere = ({ ref }: { readonly ref: { readonly path: string } }) => this.#do(`elsewhere ${ref.path}`);
  copyPaths = (paths: readonly string[]) => this.#do(`copy ${paths.join(' ')}`);
  /** Whether the user gives a label when asked for one. */
  labels = true;
  labelled: readonly SequenceRef[] = [];
  setLabel = (refs: readonly SequenceRef[]) => {
    this.labelled = refs;
    return Promise.resolve(this.labels);
  };
  pin = (pinned: boolean) => {
    this.done.push(`pin ${pinned}`);
  };
  focused = (focused: boolean) => {
    this.done.push(`focused ${focused}`);
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
