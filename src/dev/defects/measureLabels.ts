import { randomOf } from '../../core/distributions/random';
import { doubtfulLabels } from '../../core/ranking/checks/doubtfulLabels';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { labelFindings } from '../../engine/checks/findings';
import type { Baselines } from './baselines';
import type { Corpus } from './corpora';
import { scalesOf, type Embedding } from './graphs';

/** What came of swapped labels of one set. */
export interface LabelFigures {
  readonly name: string;
  readonly swapped: number;
  /** The share of recordings whose nearest has their label, before labels were swapped. */
  readonly recallAt1: number;
  /** The share that was swapped of as many most doubtful labels. */
  readonly precision: number;
  /** Of those that are reported, the share that was swapped, and of the swapped the share that is reported. */
  readonly reported: number;
  readonly recall: number;
  readonly euclid: number;
  readonly statistics: number;
}

const swappedShare = 0.05;

/** Swaps labels of a twentieth of a set for others of it at random, and looks for them. */
export async function measureLabels(
  { name, recordings }: Corpus,
  { embedding, baselines }: { readonly embedding: Embedding; readonly baselines: Baselines },
): Promise<LabelFigures> {
  const all = recordings.map(({ series }) => series);
  const labels = Int32Array.from(recordings, ({ label }) => label);
  const random = randomOf(1, `labels ${name}`);
  const classes = [...new Set(labels)];
  const swapped = new Set(random.shuffled([...labels.keys()]).slice(0, Math.round(swappedShare * labels.length)));
  const wrong = labels.map((label, i) => {
    const others = classes.filter((each) => each !== label);
    return swapped.has(i) ? (others[random.below(others.length)] ?? label) : label;
  });
  const scopes = new Int32Array(labels.length);
  const precision = (graph: NeighbourGraph) => {
    const first = doubtfulLabels(graph, { labels: wrong, scopes }).slice(0, swapped.size);
    return first.filter(({ sequence }) => swapped.has(sequence)).length / swapped.size;
  };
  const graph = await embedding.graphOf(all, scalesOf(all));
  const found = labelFindings(graph, wrong, scopes);
  const hits = found.filter(({ sequence }) => swapped.has(sequence)).length;
  const nearestHas = labels.reduce((sum, label, i) => sum + Number(labels[graph.ids[i * graph.k]!] === label), 0);
  return {
    name,
    swapped: swapped.size,
    recallAt1: nearestHas / labels.length,
    precision: precision(graph),
    reported: hits / Math.max(found.length, 1),
    recall: hits / swapped.size,
    euclid: baselines === null ? 0 : precision(baselines.euclid(all)),
    statistics: baselines === null ? 0 : precision(baselines.statistics(all)),
  };
}
