import type { FromWebview, PanelResults } from '../src/protocol/panel';
import type { Match, SequenceSummary } from '../src/protocol/engine';
import { distanceFormat } from './format';
import { matchRow, type MatchRow } from './matchRow';
import type { PlotRequests } from './plotRequests';

/** The rows for `results`, in order: those in `rows` that show one of its sequences are kept, the others removed. */
export function renewRows(
  rows: readonly MatchRow[],
  results: PanelResults,
  post: (message: FromWebview) => void,
  plots: PlotRequests,
  compare: (match: Match) => void,
): readonly MatchRow[] {
  const { matches, query } = results;
  const format = distanceFormat(matches.map((match) => match.distance));
  const largest = Math.max(Number.MIN_VALUE, ...matches.map((match) => match.distance));
  const left = new Map(rows.map((row) => [rowKey(row.match.sequence), row]));
  const renewed = matches.map((match) => {
    const shown = { match, query, distance: format(match.distance), share: match.distance / largest };
    const key = rowKey(match.sequence);
    const known = left.get(key);
    left.delete(key);
    if (known === undefined) {
      const made = matchRow(
        shown,
        () => {
          post({ type: 'search', ref: match.sequence.ref });
        },
        compare,
      );
      plots.watch(match.sequence.ref, made.plot);
      return made;
    }
    // Another distance may mean another content of the file.
    if (known.match.distance !== match.distance) plots.refresh(known.plot);
    known.update(shown);
    return known;
  });
  for (const gone of left.values()) {
    plots.unwatch(gone.plot);
    gone.node.remove();
  }
  return renewed;
}

/** Equal for sequences that one row can show: what it says of a sequence is fixed when it is made. */
function rowKey(sequence: SequenceSummary): string {
  return JSON.stringify(sequence);
}
