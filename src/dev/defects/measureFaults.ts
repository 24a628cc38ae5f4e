import { randomOf } from '../../core/distributions/random';
import { suggestedThreshold } from '../../core/ranking/checks/duplicates';
import { outlierFactors } from '../../core/ranking/checks/outliers';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { vitalsOf, type ChannelVitals } from '../../core/recordings/faults/vitals';
import { outlierFindings } from '../../engine/checks/findings';
import type { Baselines } from './baselines';
import type { Corpus } from './corpora';
import { scalesOf, type Embedding } from './graphs';
import type { Series } from './plantCopies';
import { canPlant, plantFault, type PlantedFaultKind } from './plantFaults';
import { shareOf, type Ranked } from './ranked';

/** What came of planted faults of one kind. */
export interface FaultFigures {
  readonly kind: PlantedFaultKind;
  readonly planted: number;
  /** The share that was planted of all that is found since, of as many worst findings, and of the planted the share that is found. */
  readonly precision: number;
  readonly first: number;
  readonly recall: number;
  /** What is found before anything is planted, for each hundred recordings: broken or unusual by nature. */
  readonly before: number;
  /** Of those that are reported, the share of which the fault that was planted is told. */
  readonly kinds: number;
  /** The share that is planted of as many largest local outlier factors: by D_1, Euclid and statistics alone. */
  readonly factor: number;
  readonly euclid: number;
  readonly statistics: number;
}

/** Keeps the vitals of recordings. */
export class KnownVitals {
  private readonly known = new WeakMap<Series, readonly ChannelVitals[]>();

  of(series: Series, rate: number | null): readonly ChannelVitals[] {
    const found = this.known.get(series) ?? vitalsOf(series, rate);
    this.known.set(series, found);
    return found;
  }
}

interface Tools {
  readonly embedding: Embedding;
  readonly vitals: KnownVitals;
  readonly baselines: Baselines;
}

/** Plants so many faults of a kind into the corpora that can have them, and looks for outliers. */
export async function measureFaults(
  kind: PlantedFaultKind,
  corpora: readonly Corpus[],
  most: number,
  tools: Tools,
): Promise<FaultFigures> {
  const fit = corpora.filter(({ recordings }) => recordings.some(({ series, rate }) => canPlant(kind, series, rate)));
  const total = fit.reduce((sum, { recordings }) => sum + recordings.length, 0);
  const rankings: Record<'found' | 'factor' | 'euclid' | 'statistics', Ranked[]> = {
    ...{ found: [], factor: [], euclid: [], statistics: [] },
  };
  let [planted, since, before, hits, right] = [0, 0, 0, 0, 0];
  for (const corpus of fit) {
    // No folder has more broken recordings than others to compare them with.
    const count = Math.min(
      Math.round((most * corpus.recordings.length) / total),
      Math.floor(corpus.recordings.length / 5),
    );
    const { clean, all, broken } = planting(kind, corpus, count);
    planted += broken.size;
    const scales = scalesOf(clean);
    const own = new Set((await outliersOf(corpus, clean, scales, tools)).findings.map(({ sequence }) => sequence));
    before += own.size;
    const { graph, findings } = await outliersOf(corpus, all, scales, tools);
    for (const { sequence, score, faults } of findings) {
      const hit = broken.has(sequence);
      since += Number(hit || !own.has(sequence));
      hits += Number(hit);
      right += Number(hit && faults.some((fault) => fault.kind === kind));
      rankings.found.push({ score, hit });
    }
    rankings.factor.push(...factorsOf(graph, broken));
    if (tools.baselines === null) continue;
    rankings.euclid.push(...factorsOf(tools.baselines.euclid(all), broken));
    rankings.statistics.push(...factorsOf(tools.baselines.statistics(all), broken));
  }
  return {
    kind,
    planted,
    precision: hits / Math.max(since, 1),
    first: shareOf(rankings.found, planted),
    recall: hits / planted,
    before: (100 * before) / total,
    kinds: right / Math.max(hits, 1),
    factor: shareOf(rankings.factor, planted),
    euclid: shareOf(rankings.euclid, planted),
    statistics: shareOf(rankings.statistics, planted),
  };
}

async function outliersOf(
  { recordings }: Corpus,
  all: readonly Series[],
  scales: ReturnType<typeof scalesOf>,
  { embedding, vitals }: Tools,
) {
  const graph = await embedding.graphOf(all, scales);
  const of = (i: number) => vitals.of(all[i] ?? [], recordings[i]?.rate ?? null);
  return { graph, findings: outlierFindings(graph, outlierFactors(graph, suggestedThreshold(graph)), of) };
}

function planting(kind: PlantedFaultKind, { name, recordings }: Corpus, count: number) {
  const random = randomOf(1, `${kind} ${name}`);
  const clean = recordings.map(({ series }) => series);
  const all: Series[] = [...clean];
  const broken = new Set(random.shuffled([...all.keys()]).slice(0, count));
  for (const at of broken) {
    const own = recordings[at];
    if (own !== undefined) all[at] = plantFault(kind, own.series, own.rate, random);
  }
  return { clean, all, broken };
}

function factorsOf(graph: NeighbourGraph, broken: ReadonlySet<number>): readonly Ranked[] {
  return Array.from(outlierFactors(graph, 0), (score, i) => ({ score, hit: broken.has(i) }));
}
