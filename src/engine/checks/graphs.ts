import { poolChannels } from '../../core/distributions/pool';
import { distanceWith } from '../../core/distributions/wasserstein';
import { blockLevels } from '../../core/encoder/blocks';
import { byteScaleOf } from '../../core/encoder/codes';
import type { EncoderDescription } from '../../core/encoder/description';
import type { Galleries, GalleryItem } from '../../core/ranking/galleries';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { Findable, GallerySink } from '../gallerySink';

/** A graph, which stays the same object as long as it is the same, and the version of what is made of it. */
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

export interface GraphParts {
  readonly galleries: Galleries;
  readonly sink: GallerySink;
  readonly encoder: EncoderDescription;
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
