import { t } from '../../../l10n/messages';
import type { SequenceRef } from '../../../protocol/sequences';
import { plain } from '../../editor/text';
import type { TreeNode } from '../../index/indexNodes';

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

/** The searches as lines that search again. */
export function recentNodes(searches: readonly RecentSearch[]): readonly TreeNode[] {
  return searches.map(({ query, file }): TreeNode => {
    const slash = file.lastIndexOf('/');
    const name = plain(file.slice(slash + 1));
    return {
      id: `${query.number} ${query.path}`,
      label: query.number === 0 ? name : t('{0} (sequence {1})', name, query.number + 1),
      description: plain(file.slice(0, Math.max(0, slash))),
      tooltip: t('Find what is similar to {0}', plain(file)),
      icon: 'history',
      context: 'recentSearch',
      command: { id: 'kindred.searchAgain', argument: { path: query.path, number: query.number } },
    };
  });
}
