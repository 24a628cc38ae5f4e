import { setImmediate as turn } from 'node:timers/promises';
import { poolChannels } from '../../core/distributions/pool';
import { distanceWith } from '../../core/distributions/wasserstein';
import { blockLevels } from '../../core/encoder/blocks';
import { byteScaleOf } from '../../core/encoder/codes';
import type { EncoderDescription } from '../../core/encoder/description';
import type { Galleries, GalleryItem } from '../../core/ranking/galleries';
import { neighboursKept, type NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { Findable, GallerySink } from '../gallerySink';

/** A graph of neighbours, and what is known of its sequences. */
export interface KnownGraph {
  readonly graph: NeighbourGraph;
  /** Changes with the graph, and with what is known of its sequences. */
  readonly version: number;
}

/** Where checks have their graph from. */
export interface Graphs {
  /** The graph of a layout, or with `null` that of all sequences, pooled over their channels. */
  graphOf(layout: string | null, signal: AbortSignal): Promise<KnownGraph>;
}

/** So many sequences are searched for together, before others have their turn. */
const together = 8;

export interface GraphParts {
  readonly galleries: Galleries;
  readonly sink: GallerySink;
  readonly encoder: EncoderDescription;
}

/** Makes graphs when they are asked for, and keeps those of the last version. */
export class GraphsOnTheSpot implements Graphs {
  private readonly made = new Map<
    string | null,
    { readonly version: number; readonly graph: Promise<NeighbourGraph> }
  >();

  constructor(private readonly parts: GraphParts) {}

  async graphOf(layout: string | null, signal: AbortSignal): Promise<KnownGraph> {
    const version = this.parts.sink.changes;
    const known = this.made.get(layout);
    if (known?.version === version) return { graph: await known.graph, version };
    const graph = this.make(layout, signal);
    this.made.set(layout, { version, graph });
    graph.catch(() => {
      if (this.made.get(layout)?.graph === graph) this.made.delete(layout);
    });
    return { graph: await graph, version };
  }

  private async make(layout: string | null, signal: AbortSignal): Promise<NeighbourGraph> {
    const { galleries } = this.parts;
    const keys = layout === null ? galleries.keys() : galleries.keysOf(layout);
    const numbers = new Map(keys.map((key, i) => [key, i]));
    const k = Math.max(Math.min(neighboursKept, keys.length - 1), 0);
    const ids = new Uint32Array(keys.length * k);
    const distances = new Float64Array(keys.length * k);
    for (let first = 0; first < keys.length; first += together) {
      await turn();
      signal.throwIfAborted();
      this.nearest(keys.slice(first, first + together), layout, k).forEach((found, q) => {
        found.forEach(({ key, distance }, j) => {
          ids[(first + q) * k + j] = numbers.get(key) ?? 0;
          distances[(first + q) * k + j] = distance;
        });
      });
    }
    return { keys, k, ids, distances };
  }

  private nearest(keys: readonly string[], layout: string | null, k: number) {
    const items = keys.flatMap((key) => itemOf(this.parts, key) ?? []);
    if (items.length !== keys.length) throw new RangeError('the index changed while its neighbours were searched for');
    if (layout === null) return items.map((item) => this.parts.galleries.nearestOfAll(item, k));
    return this.parts.galleries.nearestOfEach(items, k);
  }
}

function itemOf({ galleries, sink }: Pick<GraphParts, 'galleries' | 'sink'>, key: string): GalleryItem | null {
  const [values, findable] = [galleries.get(key), sink.get(key)];
  if (values === undefined || findable === undefined) return null;
  const { layout, surveyed } = findable.sequence;
  return { key, layout, channels: surveyed.channels.length, values };
}

/** The distance of two sequences as a graph has it; infinite for one that is not there any more. */
export function distanceIn(parts: GraphParts, layout: string | null): (a: string, b: string) => number {
  const distance = distanceWith(null, byteScaleOf(parts.encoder).step);
  const blocks = blockLevels(parts.encoder);
  const codesOf = (key: string) => {
    const item = itemOf(parts, key);
    if (item === null) return null;
    return layout === null ? poolChannels(item.values, item.channels, blocks) : item.values;
  };
  return (a, b) => {
    const [one, other] = [codesOf(a), codesOf(b)];
    return one === null || other === null || one.length !== other.length ? Infinity : distance(one, other);
  };
}

/** What is known of the sequence of a key. @throws Error for one that is in a graph and not in the index */
export function findableOf(sink: GallerySink, key: string): Findable {
  const findable = sink.get(key);
  if (findable === undefined) throw new Error(`${key} has neighbours but is not in the index`);
  return findable;
}
