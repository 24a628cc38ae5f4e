import type { GivenLabels } from '../../core/ranking/checks/doubtfulLabels';
import type { GallerySink } from '../gallerySink';
import type { WorkspaceFiles } from '../workspaceFiles';
import { findableOf } from './graphs';

/** The labels of sequences as numbers, with their texts by number. */
export interface NumberedLabels extends GivenLabels {
  readonly texts: readonly string[];
}

/**
 * The labels of some sequences. One that a file gives of its own means something there alone, so that it has another number
 * in every file.
 */
export function givenLabels(
  keys: readonly string[],
  { files, sink }: { readonly files: WorkspaceFiles; readonly sink: GallerySink },
): NumberedLabels {
  const [labels, scopes] = [new Int32Array(keys.length), new Int32Array(keys.length)];
  const [numbers, places] = [new Map<string, number>(), new Map<string, number>()];
  const texts: string[] = [];
  keys.forEach((key, i) => {
    const { path, number, surveyed } = findableOf(sink, key).sequence;
    const { label, isOwn } = files.shownLabel(path, number, surveyed.label);
    const place = isOwn ? path : '';
    scopes[i] = numberIn(places, place);
    labels[i] = label === null ? -1 : numberIn(numbers, JSON.stringify([place, label]));
    if (label !== null) texts[labels[i]] = label;
  });
  return { labels, scopes, texts };
}

function numberIn(known: Map<string, number>, key: string): number {
  const number = known.get(key) ?? known.size;
  known.set(key, number);
  return number;
}
