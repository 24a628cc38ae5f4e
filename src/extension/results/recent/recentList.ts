import type { SequenceRef } from '../../../protocol/engine';

/** Searches that are kept. */
const most = 30;

/** A sequence that was searched from. */
export interface RecentSearch {
  readonly query: SequenceRef;
  /** Its path as it is shown. */
  readonly file: string;
}

/** `searches`, the latest first, after another one: what was asked for before moves to the front. */
export function withSearch(searches: readonly RecentSearch[], search: RecentSearch): readonly RecentSearch[] {
  const { path, number } = search.query;
  const others = searches.filter(({ query }) => query.path !== path || query.number !== number);
  return [search, ...others].slice(0, most);
}
