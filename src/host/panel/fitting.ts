import * as v from 'valibot';
import type { SearchResult, SequenceSummary } from '../../protocol/engine';
import { toWebview, type PanelResults, type ToWebview } from '../../protocol/panel';

/** The longest text that the webview accepts. */
const longest = 4096;

/** Search results as the webview accepts them: over-long strings from files are cut, paths are not. */
export function fitting({ query, scope, matches, candidates, elsewhere }: SearchResult): PanelResults {
  return {
    query: clipped(query),
    scope,
    matches: matches.map(({ rank, distance, sequence }) => ({ rank, distance, sequence: clipped(sequence) })),
    candidates,
    elsewhere,
  };
}

function clipped(summary: SequenceSummary): PanelResults['query'] {
  return {
    ...summary,
    file: clip(summary.file),
    format: clip(summary.format),
    name: clipNullable(summary.name),
    label: clipNullable(summary.label),
    channels: summary.channels.map(clipNullable),
    notes: summary.notes.map(clip),
  };
}

/** Cuts `text` to what the webview accepts. */
export function clip(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** As `clip`, for text that may be missing. */
export function clipNullable(text: string | null): string | null {
  return text === null ? null : clip(text);
}

/** What is wrong with `message` for the webview, or `undefined` if it will be accepted. */
export function misfitOf(message: ToWebview): string | undefined {
  const result = v.safeParse(toWebview, message);
  return result.success ? undefined : describeIssues(result.issues);
}

/** One line for the log: where in a message what did not fit. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`).join('; ');
}
