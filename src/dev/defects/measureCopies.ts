import { randomOf } from '../../core/distributions/random';
import { copyCandidates, candidatesOfEach } from '../../core/ranking/checks/copyCandidates';
import { suggestedThreshold } from '../../core/ranking/checks/duplicates';
import { likeLevels, standardLevels } from '../../core/ranking/checks/likeLevels';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { largest, smallest } from '../../core/recordings/extremes';
import { copyKindOf, type FoundCopy } from '../../core/recordings/copies/copyKind';
import type { Baselines } from './baselines';
import type { Corpus } from './corpora';
import { levelsOf, scalesOf, type Embedding } from './graphs';
import { plantCopy, type PlantedCopyKind, type Series } from './plantCopies';
import { shareOf, type Ranked } from './ranked';

/** What came of planted copies of one kind. */
export interface CopyFigures {
  readonly kind: PlantedCopyKind;
  readonly planted: number;
  /** Pairs that are reported: of those the share that was planted, and of the planted the share that is among them. */
  readonly precision: number;
  readonly recall: number;
  /** Of those that are found, the share whose kind is right. */
  readonly kinds: number;
  /** The share that is planted of as many nearest pairs as were planted: by D_1, Euclid, and statistics alone. */
  readonly distance: number;
  readonly euclid: number;
  readonly statistics: number;
}

/** Compares pairs in their samples once. */
export class Comparisons {
  private readonly known = new WeakMap<Series, WeakMap<Series, FoundCopy>>();

  of(a: Series, b: Series): FoundCopy {
    const own = this.known.get(a) ?? new WeakMap<Series, FoundCopy>();
    this.known.set(a, own);
    const found = own.get(b) ?? copyKindOf(a, b);
    own.set(b, found);
    return found;
  }
}

/** Plants so many copies of a kind into all corpora, in proportion to their sizes, and looks for them. */
export async function measureCopies(
  kind: PlantedCopyKind,
  corpora: readonly Corpus[],
  most: number,
  tools: { readonly embedding: Embedding; readonly comparisons: Comparisons; readonly baselines: Baselines },
): Promise<CopyFigures> {
  const rankings = { distance: [] as Ranked[], euclid: [] as Ranked[], statistics: [] as Ranked[] };
  let [planted, reported, hits, right] = [0, 0, 0, 0];
  const total = corpora.reduce((sum, { recordings }) => sum + recordings.length, 0);
  for (const corpus of corpora) {
    const count = Math.round((most * corpus.recordings.length) / total);
    const { all, origins, pairs } = planting(kind, corpus, count);
    planted += pairs.size;
    const graph = await tools.embedding.graphOf(all, scalesOf(corpus.recordings.map(({ series }) => series)));
    for (const [a, b, copy] of reportedPairs(all, graph, tools.comparisons)) {
      const isPlanted = pairs.has(`${a} ${b}`);
      // The data have copies of their own; these, and copies that are planted of them, are no errors.
      if (!isPlanted && isSame(origins[a] ?? [], origins[b] ?? [])) continue;
      reported++;
      if (!isPlanted) continue;
      hits++;
      if (copy.kind === kind) right++;
    }
    rankings.distance.push(...nearestPairs(graph, pairs));
    if (tools.baselines === null) continue;
    rankings.euclid.push(...nearestPairs(tools.baselines.euclid(all), pairs));
    rankings.statistics.push(...nearestPairs(tools.baselines.statistics(all), pairs));
  }
  return {
    kind,
    planted,
    precision: hits / Math.max(reported, 1),
    recall: hits / planted,
    kinds: right / Math.max(hits, 1),
    distance: shareOf(rankings.distance, planted),
    euclid: shareOf(rankings.euclid, planted),
    statistics: shareOf(rankings.statistics, planted),
  };
}

function isSame(a: Series, b: Series): boolean {
  return a.every((values, c) => values.length === b[c]?.length && values.every((value, i) => value === b[c]?.[i]));
}

function planting(kind: PlantedCopyKind, { name, recordings }: Corpus, count: number) {
  const random = randomOf(1, `${kind} ${name}`);
  const all: Series[] = recordings.map(({ series }) => series);
  const origins = [...all];
  const pairs = new Set<string>();
  for (const at of random.shuffled([...all.keys()]).slice(0, count)) {
    const { kept, copy } = plantCopy(kind, all[at] ?? [], random);
    all[at] = kept;
    pairs.add(`${at} ${all.push(copy) - 1}`);
    origins.push(origins[at] ?? []);
  }
  return { all, origins, pairs };
}

/** The pairs that the product reports, each with the smaller number first. */
function reportedPairs(
  all: readonly Series[],
  graph: NeighbourGraph,
  comparisons: Comparisons,
): readonly (readonly [number, number, FoundCopy])[] {
  const channels = all[0]?.length ?? 1;
  const levels = all.map((series) => standardLevels(levelsOf(series), channels));
  const size = levels[0]?.length ?? 0;
  const rows = new Float32Array(all.length * size);
  levels.forEach((row, i) => {
    rows.set(row, i * size);
  });
  const candidates = copyCandidates(
    graph,
    likeLevels(rows, all.length, channels, candidatesOfEach),
    all.map((series) => series.flatMap((values) => [smallest(values), largest(values)])),
  );
  const threshold = suggestedThreshold(graph);
  const near = new Set<string>();
  graph.ids.forEach((other, edge) => {
    const own = Math.floor(edge / graph.k);
    if (graph.distances[edge]! <= threshold) near.add(`${Math.min(own, other)} ${Math.max(own, other)}`);
  });
  return candidates.flatMap(([a, b]) => {
    const copy = comparisons.of(all[a] ?? [], all[b] ?? []);
    return copy.kind !== 'alike' || near.has(`${a} ${b}`) ? [[a, b, copy] as const] : [];
  });
}

/** Every recording's nearest pairs, by their distance beside the usual one of their graph. */
function nearestPairs({ keys, k, ids, distances }: NeighbourGraph, planted: ReadonlySet<string>): readonly Ranked[] {
  const usual = Float64Array.from(keys, (_, i) => distances[i * k + Math.min(4, k - 1)]!).sort();
  const median = usual[Math.floor(usual.length / 2)]!;
  const pairs = new Map<string, Ranked>();
  for (const i of keys.keys()) {
    for (let edge = i * k; edge < i * k + Math.min(3, k); edge++) {
      const other = ids[edge]!;
      const key = `${Math.min(i, other)} ${Math.max(i, other)}`;
      pairs.set(key, { score: -distances[edge]! / (median || 1), hit: planted.has(key) });
    }
  }
  return [...pairs.values()];
}
