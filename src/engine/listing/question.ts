import type { QuerySet, RankParams, Scope } from '../../protocol/engine';
import type { Weights } from '../../core/ranking/gallery';
import type { Combination } from '../../core/ranking/several';
import type { Query, Searching } from '../searching';

/** What is asked about beside the query. */
export interface FoundSet {
  readonly queries: readonly Query[];
  readonly more: readonly Query[];
  readonly less: readonly Query[];
  readonly by: Combination;
}

/** What a ranking answers. */
export interface RankedQuestion {
  readonly query: Query;
  /** `null` where the query is all that is asked about. */
  readonly set: FoundSet | null;
  /** Whether what is asked about has different channels. */
  readonly mixed: boolean;
  readonly scope: Scope;
  readonly weights: Weights | null;
}

/** Finds what is asked about. @throws UnreadableError, RequestError */
export async function questionOf(
  searching: Searching,
  params: Pick<RankParams, 'query' | 'set' | 'scope' | 'weights'>,
  signal: AbortSignal,
): Promise<RankedQuestion> {
  const query = await searching.queryOf(params.query, signal);
  const set = params.set === undefined ? null : await foundSet(searching, params.set, signal);
  const mixed = othersOf(set).some(({ item }) => item.layout !== query.item.layout);
  const scope = mixed ? 'all' : params.scope;
  return { query, set, mixed, scope, weights: usableWeights({ ...params, scope }, query.item.channels) };
}

/** Those that matches are to be like: the queries, then the marked ones. */
export function wantedOf({ query, set }: RankedQuestion): readonly Query[] {
  return [query, ...(set?.queries ?? []), ...(set?.more ?? [])];
}

/** The queries, which are not listed. */
export function queriesOf({ query, set }: Pick<RankedQuestion, 'query' | 'set'>): readonly Query[] {
  return [query, ...(set?.queries ?? [])];
}

function othersOf(set: FoundSet | null): readonly Query[] {
  return set === null ? [] : [...set.queries, ...set.more, ...set.less];
}

async function foundSet(searching: Searching, asked: QuerySet, signal: AbortSignal): Promise<FoundSet> {
  const found: Record<'queries' | 'more' | 'less', Query[]> = { queries: [], more: [], less: [] };
  for (const kind of ['queries', 'more', 'less'] as const) {
    // One after the other, because what is not in the index is read on the spot.
    for (const ref of asked[kind]) found[kind].push(await searching.queryOf(ref, signal));
  }
  return { ...found, by: asked.by };
}

function usableWeights({ scope, weights }: Pick<RankParams, 'scope' | 'weights'>, channels: number): Weights | null {
  if (scope === 'all' || weights?.length !== channels) return null;
  const fit = weights.every((weight) => Number.isFinite(weight) && weight >= 0) && weights.some((weight) => weight > 0);
  const equal = weights.every((weight) => weight === weights[0]);
  return fit && !equal ? weights : null;
}
