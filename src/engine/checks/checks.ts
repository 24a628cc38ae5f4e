import { setTimeout as sleep } from 'node:timers/promises';
import { evenlySpaced } from '../../core/distributions/evenlySpaced';
import { suggestedThreshold, type DuplicateCounts } from '../../core/ranking/checks/duplicates';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { Galleries } from '../../core/ranking/galleries';
import type { WorkOptionsOf } from '../../core/index/fileWorker';
import type { EncoderDescription } from '../../core/encoder/description';
import type { Answer, Params } from '../../protocol/engine';
import type { SequenceRef, SequenceSummary } from '../../protocol/sequences';
import type { Fault } from '../../protocol/checks';
import { countValues } from '../listing/counting';
import type { GallerySink } from '../gallerySink';
import { sequenceKey } from '../paths';
import { notIndexed } from '../requestError';
import { shortened } from '../shortened';
import type { Searching } from '../searching';
import type { PlacedSequence } from '../workers/tasks';
import type { WorkspaceFiles } from '../workspaceFiles';
import { comparedWith, duplicateFindings, faultFinder, labelFindings, outlierFindings } from './findings';
import { distanceIn, findableOf, type Graphs, type KnownGraph } from './graphs';
import { givenLabels } from './givenLabels';
import type { GraphFacts } from './ofGraph';
import { oncePer } from './oncePer';
import type { Ignoring } from './ignoring';
import type { SampleScan, Scanned } from './sampleScan';

export interface ChecksParts {
  readonly graphs: Graphs;
  readonly facts: GraphFacts;
  readonly scan: SampleScan;
  readonly ignoring: Ignoring;
  readonly galleries: Galleries;
  readonly sink: GallerySink;
  readonly encoder: EncoderDescription;
  readonly files: WorkspaceFiles;
  readonly searching: Searching;
  readonly workOf: WorkOptionsOf;
}

/** An answer waits so long for the samples, before it tells what is known so far. */
const patienceMilliseconds = 1000;

/** Members of a cluster and labels of a group that are shown. */
const [mostMembers, mostLabels] = [200, 5];

type Page = Pick<Params<'overviewLabels'>, 'from' | 'count' | 'ignored'>;

/** Answers what the neighbours and samples of all sequences tell of a folder. */
export class Checks {
  private readonly outliersIn = oncePer(async ({ graph, vitalsOf }: Scanned) =>
    outlierFindings(graph, await this.parts.facts.factors(graph), (sequence) => vitalsOf(graph.keys[sequence] ?? '')),
  );

  constructor(private readonly parts: ChecksParts) {}

  /** @throws UnreadableError, RequestError */
  async duplicates(params: Params<'overviewDuplicates'>, signal: AbortSignal): Promise<Answer<'overviewDuplicates'>> {
    const { layout } = params;
    const known = await this.parts.graphs.graphOf(layout, signal);
    const { graph, version } = known;
    const scanned = await this.scanned(layout, known, signal);
    const suggested = suggestedThreshold(graph);
    const threshold = params.threshold ?? suggested;
    const stepsOf = (sequence: number) => this.findable(graph, sequence).sequence.surveyed.steps;
    const clusters = duplicateFindings(graph, threshold, scanned.copies, stepsOf);
    const isIgnored = await this.ignored('duplicates', graph);
    // What is left of a cluster when copies are ignored is no finding as long as it is a single recording.
    const { rows, ...listed } = paged(clusters, params, (members) => members.filter((m) => !isIgnored(m)).length < 2);
    const distance = distanceIn(this.parts, layout);
    return {
      ...listed,
      version,
      looked: lookedAt(scanned),
      threshold,
      suggested,
      counts: plain(await this.parts.facts.counts(scanned)),
      rows: rows.map((members) => ({ size: members.length, members: this.members(graph, members, distance) })),
    };
  }

  /** @throws UnreadableError, RequestError */
  async outliers(params: Params<'overviewOutliers'>, signal: AbortSignal): Promise<Answer<'overviewOutliers'>> {
    const known = await this.parts.graphs.graphOf(params.layout, signal);
    const { graph, version } = known;
    const scanned = await this.scanned(params.layout, known, signal);
    const found = await this.outliersIn(scanned);
    const isIgnored = await this.ignored('outliers', graph);
    const { rows, ...listed } = paged(found, params, ({ sequence }) => isIgnored(sequence));
    return {
      ...listed,
      version,
      looked: lookedAt(scanned),
      rows: rows.map(({ sequence, factor }) => ({
        sequence: this.summary(graph, sequence),
        factor,
        nearest: this.summary(graph, graph.ids[sequence * graph.k] ?? sequence),
        distance: graph.distances[sequence * graph.k] ?? 0,
      })),
    };
  }

  /** @throws UnreadableError, RequestError */
  async labels(params: Params<'overviewLabels'>, signal: AbortSignal): Promise<Answer<'overviewLabels'>> {
    const { graph, version } = await this.parts.graphs.graphOf(params.layout, signal);
    const given = givenLabels(graph.keys, this.parts);
    const found = labelFindings(graph, given.labels, given.scopes);
    const isIgnored = await this.ignored('labels', graph);
    const { rows, ...listed } = paged(found, params, ({ sequence }) => isIgnored(sequence));
    return {
      ...listed,
      version,
      labelled: given.labels.reduce((sum, label) => sum + Number(label >= 0), 0),
      rows: rows.map(({ sequence, suggested, confidence, given: own }) => ({
        sequence: this.summary(graph, sequence),
        suggested: shortened(given.texts[suggested] ?? ''),
        confidence,
        given: own,
      })),
    };
  }

  /** @throws UnreadableError, RequestError */
  async groups(params: Params<'overviewGroups'>, signal: AbortSignal): Promise<Answer<'overviewGroups'>> {
    const { graph, version } = await this.parts.graphs.graphOf(params.layout, signal);
    const isIgnored = await this.ignored('groups', graph);
    const { rows, ...listed } = paged(await this.parts.facts.groups(graph), params, ({ medoid }) => isIgnored(medoid));
    return {
      ...listed,
      version,
      rows: rows.map(({ members, medoid }) => {
        const labels = countValues(members.map((member) => this.summary(graph, member).label));
        return {
          size: members.length,
          medoid: this.summary(graph, medoid),
          labels: labels.slice(0, mostLabels).map(({ value, count }) => ({ label: value, sequences: count })),
          members: [...members],
        };
      }),
    };
  }

  /** @throws UnreadableError, RequestError */
  async copy({ kept, other }: Params<'overviewCopy'>, signal: AbortSignal): Promise<Answer<'overviewCopy'>> {
    return this.parts.scan.copyOf(this.placed(kept), this.placed(other), signal);
  }

  /** @throws UnreadableError, RequestError */
  async faults({ layout, sequence }: Params<'overviewFaults'>, signal: AbortSignal): Promise<Answer<'overviewFaults'>> {
    const { graph } = await this.parts.graphs.graphOf(layout, signal);
    const number = graph.keys.indexOf(sequenceKey(sequence.path, sequence.number));
    if (number < 0) throw notIndexed();
    const needed = new Set([number, ...evenlySpaced([...graph.keys.keys()], comparedWith)]);
    const vitals = new Map<number, Awaited<ReturnType<SampleScan['vitalsNow']>>>();
    for (const each of needed) {
      vitals.set(each, await this.parts.scan.vitalsNow(this.placedAt(graph, each), signal));
    }
    const found = faultFinder(graph, (each) => vitals.get(each) ?? null)(number);
    return found.map(({ kind, channel, other, amount }): Fault => ({ kind, channel, other, amount }));
  }

  /** @throws RequestError */
  async ignore({ check, sequences, ignored }: Params<'overviewIgnore'>): Promise<Record<string, never>> {
    await this.parts.ignoring.set(check, sequences, ignored);
    return {};
  }

  /** What the samples tell, once they were looked at or a moment has passed. */
  private async scanned(layout: string | null, known: KnownGraph, signal: AbortSignal): Promise<Scanned> {
    const { finished } = this.parts.scan.of(layout, known);
    await Promise.race([finished, sleep(patienceMilliseconds, undefined, { ref: false, signal })]);
    return this.parts.scan.of(layout, known);
  }

  private async ignored(check: Params<'overviewIgnore'>['check'], graph: NeighbourGraph) {
    const isIgnored = await this.parts.ignoring.current();
    return (sequence: number) => {
      const { path, number } = this.findable(graph, sequence).sequence;
      return isIgnored(check, { path, number });
    };
  }

  private members(graph: NeighbourGraph, members: readonly number[], distance: (a: string, b: string) => number) {
    const [kept] = members;
    const keyOf = (sequence: number | undefined) => graph.keys[sequence ?? -1] ?? '';
    return members
      .map((sequence) => ({ sequence, distance: sequence === kept ? 0 : distance(keyOf(kept), keyOf(sequence)) }))
      .sort((a, b) => (a.sequence === kept ? -1 : b.sequence === kept ? 1 : a.distance - b.distance))
      .slice(0, mostMembers)
      .map((each) => ({ sequence: this.summary(graph, each.sequence), distance: each.distance }));
  }

  private findable(graph: NeighbourGraph, sequence: number) {
    return findableOf(this.parts.sink, graph.keys[sequence] ?? '');
  }

  private summary(graph: NeighbourGraph, sequence: number): SequenceSummary {
    return this.parts.searching.summary(this.findable(graph, sequence));
  }

  private placed({ path, number }: SequenceRef): PlacedSequence {
    if (this.parts.sink.get(sequenceKey(path, number)) === undefined) throw notIndexed();
    return { path, number, options: this.parts.workOf(path) };
  }

  private placedAt(graph: NeighbourGraph, sequence: number): PlacedSequence {
    const { path, number } = this.findable(graph, sequence).sequence;
    return this.placed({ path, number });
  }
}

function plain({ thresholds, clusters, sequences }: DuplicateCounts) {
  return { thresholds: [...thresholds], clusters: [...clusters], sequences: [...sequences] };
}

/** The part of a list that is asked for, of what is ignored or of the rest. */
function paged<T>(found: readonly T[], { from, count, ignored }: Page, isIgnored: (finding: T) => boolean) {
  const [left, out]: [T[], T[]] = [[], []];
  for (const finding of found) (isIgnored(finding) ? out : left).push(finding);
  const chosen = ignored ? out : left;
  return { total: chosen.length, ignored: out.length, rows: chosen.slice(from, from + count) };
}

function lookedAt({ done, total }: Scanned): { readonly done: number; readonly total: number } {
  return { done, total };
}
