import * as v from 'valibot';
import type { Facets, Listing, ListItem, SequenceSummary } from '../../protocol/engine';
import {
  toWebview,
  type PanelArrangement,
  type PanelFacets,
  type PanelItem,
  type PanelResults,
  type ToWebview,
} from '../../protocol/panel';

/** The longest text that the webview accepts. */
const longest = 4096;

/** Values of a facet that can be chosen from; the most frequent come first. */
const mostValues = 500;

/** A list as the webview accepts it: over-long strings from files are cut, paths are not. */
export function fitting(listing: Listing, list: number, arrangement: PanelArrangement): PanelResults {
  const { query, scope, weights, items, length, matches, candidates, elsewhere, labelled, nearest, farthest } = listing;
  return {
    list,
    query: clipped(query),
    scope,
    weights: weights === null ? null : [...weights],
    arrangement,
    items: fittingItems(items),
    length,
    matching: matches,
    candidates,
    elsewhere,
    labelled,
    nearest,
    farthest,
  };
}

/** The items of a page as the webview accepts them. */
export function fittingItems(items: readonly ListItem[]): PanelItem[] {
  return items.map((item) =>
    item.kind === 'match' ? { ...item, sequence: clipped(item.sequence) } : { ...item, name: clip(item.name) },
  );
}

/** What there is to filter by as the webview accepts it: values that had to be cut would match nothing, so they go. */
export function fittingFacets({ labels, formats }: Facets): PanelFacets {
  const fits = ({ value }: { readonly value: string | null }) => value === null || value.length <= longest;
  return {
    labels: labels.filter(fits).slice(0, mostValues),
    formats: formats.filter(fits).slice(0, mostValues),
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
