import { t } from '../../../l10n/messages';
import type { QuerySet, SequenceRef } from '../../../protocol/sequences';
import { plain } from '../../editor/text';
import type { TreeNode } from '../../index/indexNodes';

/** Searches that are kept. */
const most = 30;

/** A sequence that was searched from. */
export interface RecentSearch {
  readonly query: SequenceRef;
  /** What was asked about beside it. */
  readonly set?: QuerySet;
  /** Its path as it is shown. */
  readonly file: string;
}

/** `searches`, the latest first, after another one: what was asked for before moves to the front. */
export function withSearch(searches: readonly RecentSearch[], search: RecentSearch): readonly RecentSearch[] {
  const name = nameOf(search);
  const others = searches.filter((each) => nameOf(each) !== name);
  return [search, ...others].slice(0, most);
}

/** The searches as lines that search again. */
export function recentNodes(searches: readonly RecentSearch[]): readonly TreeNode[] {
  return searches.map((search): TreeNode => {
    const { query, set, file } = search;
    const slash = file.lastIndexOf('/');
    const name = plain(file.slice(slash + 1));
    const one = query.number === 0 ? name : t('{0} (sequence {1})', name, query.number + 1);
    const others = set?.queries.length ?? 0;
    return {
      id: nameOf(search),
      label: others === 0 ? one : t('{0} and {1} more', one, others),
      description: [plain(file.slice(0, Math.max(0, slash))), marksText(set)].filter((part) => part !== '').join(' · '),
      tooltip: t('Find what is similar to {0}', plain(file)),
      icon: 'history',
      context: 'recentSearch',
      command: { id: 'kindred.searchAgain', argument: { ...query, ...(set === undefined ? {} : { set }) } },
    };
  });
}

/** One string for the queries of a search; marks that come or go leave it the same search. */
function nameOf({ query, set }: RecentSearch): string {
  return [query, ...(set?.queries ?? [])].map(({ path, number }) => `${number} ${path}`).join('\n');
}

function marksText(set: QuerySet | undefined): string {
  const marks = (set?.more.length ?? 0) + (set?.less.length ?? 0);
  if (marks === 0) return '';
  return marks === 1 ? t('1 mark') : t('{0} marks', marks);
}
