import { posix } from 'node:path';
import { setImmediate as othersWorked } from 'node:timers/promises';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { GallerySource } from '../../core/ranking/neighbours/source';
import type { WorkspaceFolder } from '../../protocol/engine';
import type { OverviewColumn, OverviewPoints } from '../../protocol/overview';
import { keyOfLabel } from '../listing/labelCounts';
import { shownPath } from '../paths';
import { shortened } from '../shortened';
import type { WorkspaceFiles } from '../workspaceFiles';
import type { Findable } from '../gallerySink';

/** So many points are described between two moments in which others can work. */
const together = 1000;

/** Finer than a pixel of any screen. */
const finest = 1e5;

export interface DescribingParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly files: WorkspaceFiles;
}

type Described = Pick<
  OverviewPoints,
  'paths' | 'files' | 'number' | 'siblings' | 'names' | 'labels' | 'folders' | 'formats' | 'layouts' | 'steps'
>;

/** What is shown of some sequences, one number of each list for each. */
export async function described(
  findables: readonly Findable[],
  { folders, files }: DescribingParts,
  signal: AbortSignal,
): Promise<Described> {
  const columns = {
    files: new Column(),
    names: new Column(),
    labels: new Column(),
    folders: new Column(),
    formats: new Column(),
    layouts: new Column(),
  };
  const paths: string[] = [];
  const number: number[] = [];
  const siblings: number[] = [];
  const steps: number[] = [];
  for (const [i, { sequence }] of findables.entries()) {
    if (i % together === together - 1) await othersWorked();
    signal.throwIfAborted();
    const { path, surveyed } = sequence;
    const file = shownPath(path, folders);
    if (columns.files.add(path, file)) paths.push(path);
    columns.folders.add(posix.dirname(file));
    columns.formats.add(sequence.format);
    columns.layouts.add(sequence.layout);
    columns.names.add(surveyed.name);
    const { label, isOwn } = files.shownLabel(path, sequence.number, surveyed.label);
    const within = isOwn && label !== null ? { path, file } : null;
    columns.labels.add(label === null ? null : keyOfLabel({ value: label, within }), label ?? '');
    number.push(sequence.number);
    siblings.push(sequence.siblings);
    steps.push(surveyed.steps);
  }
  return { paths, number, siblings, steps, ...columns };
}

/** A coordinate of each place. */
export function coordinates(places: Float32Array, axis: 0 | 1): readonly number[] {
  return Array.from({ length: places.length / 2 }, (_, i) => Math.round(places[2 * i + axis]! * finest) / finest);
}

/** The distances of a key to all keys of a graph, in its order. */
export function distancesOf(
  { graph, source }: { readonly graph: NeighbourGraph; readonly source: GallerySource },
  key: string,
): readonly number[] {
  const all = source.distances(key);
  const byKey = new Map<string, number>();
  for (const each of source.keys()) byKey.set(each, all[byKey.size]!);
  return graph.keys.map((each) => byKey.get(each) ?? 0);
}

/** Texts, each once, and for every entry the number of its text. */
class Column implements OverviewColumn {
  readonly texts: string[] = [];
  readonly of: number[] = [];
  readonly #numbers = new Map<string, number>();

  /**
   * Adds an entry. @param key tells texts apart, or `null` for none
   * @returns whether its text is new
   */
  add(key: string | null, text = key ?? ''): boolean {
    const known = key === null ? -1 : this.#numbers.get(key);
    if (known !== undefined) {
      this.of.push(known);
      return false;
    }
    this.#numbers.set(key ?? '', this.texts.length);
    this.of.push(this.texts.length);
    this.texts.push(shortened(text));
    return true;
  }
}
