import { t } from '../../l10n/messages';
import { mostInSet, type Combination, type Mark, type QuerySet, type SequenceRef } from '../../protocol/sequences';
import { KindredError } from '../failure';
import type { View } from './history';

/** What changes of the set of sequences that a panel asks about. All leave the view that they are given as it is. */

/** The set that a view asks about beside its query. */
export function setOf({ set }: View): QuerySet {
  return set ?? { queries: [], more: [], less: [], by: 'nearest' };
}

/** With a mark on each sequence, in the place of another one; those that all have it lose it. @throws KindredError */
export function withMark(view: View, refs: readonly SequenceRef[], mark: Mark): View {
  const set = setOf(view);
  const taken = withoutMark(view, refs);
  if (refs.every((ref) => holds(set[mark], ref))) return taken;
  const marked = setOf(taken)[mark];
  return withSet(view, { ...setOf(taken), [mark]: [...marked, ...refs] });
}

export function withoutMark(view: View, refs: readonly SequenceRef[]): View {
  const { more, less, ...set } = setOf(view);
  const left = (all: readonly SequenceRef[]) => all.filter((each) => !holds(refs, each));
  return withSet(view, { ...set, more: left(more), less: left(less) });
}

export function withCombination(view: View, by: Combination): View {
  return withSet(view, { ...setOf(view), by });
}

/** Without a sequence, whether it is a query or has a mark; the last one that matches are to be like stays. */
export function withoutSequence(view: View, ref: SequenceRef): View {
  const unmarked = withoutMark(view, [ref]);
  const { queries, ...set } = setOf(unmarked);
  const others = queries.filter((each) => !same(each, ref));
  if (!same(view.query, ref)) return withSet(unmarked, { ...set, queries: others });
  const [query, ...left] = others;
  if (query !== undefined) return withSet({ ...unmarked, query }, { ...set, queries: left });
  const [first, ...more] = set.more;
  return first === undefined ? unmarked : withSet({ ...unmarked, query: first }, { ...set, queries: [], more });
}

/** The view that asks about all of some sequences, the first of which is its query. @throws KindredError */
export function setOfAll(refs: readonly SequenceRef[]): QuerySet | undefined {
  const queries = refs.slice(1);
  if (queries.length === 0) return undefined;
  const set: QuerySet = { queries, more: [], less: [], by: 'nearest' };
  check(set);
  return set;
}

/** Asks about a set beside the query, or about the query alone where it is empty. @throws KindredError for too many */
export function withSet({ query, scope, weights }: View, set: QuerySet): View {
  check(set);
  const view = { query, scope, weights };
  const isEmpty = set.queries.length + set.more.length + set.less.length === 0;
  return isEmpty ? view : { ...view, set };
}

function check({ queries, more, less }: QuerySet): void {
  if (Math.max(queries.length + 1, more.length, less.length) <= mostInSet) return;
  throw new KindredError(t('Kindred searches with at most {0} recordings together. Choose fewer of them.', mostInSet));
}

function holds(refs: readonly SequenceRef[], ref: SequenceRef): boolean {
  return refs.some((each) => same(each, ref));
}

function same(a: SequenceRef, b: SequenceRef): boolean {
  return a.path === b.path && a.number === b.number;
}
