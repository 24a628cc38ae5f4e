import { setImmediate as turn } from 'node:timers/promises';
import { poolChannels } from '../core/distributions/pool';
import { distanceWith } from '../core/distributions/wasserstein';
import { blockLevels, channelSize, viewPers } from '../core/encoder/blocks';
import { byteScaleOf } from '../core/encoder/codes';
import type { EncoderDescription } from '../core/encoder/description';
import { blocksOfChannels, pooledBlocks, type DistributionBlock } from '../core/ranking/explanation/blocks';
import { bandBetween, kindAt, kindParts, kindsOfBlocks } from '../core/ranking/explanation/kinds';
import { blockParts, channelParts, featureParts, levelsOf, sumOf } from '../core/ranking/explanation/split';
import type { WorkOptionsOf } from '../core/index/fileWorker';
import type { Indexer } from '../core/index/indexer';
import type { Comparing, SequenceRef } from '../protocol/sequences';
import type {
  AlignParams,
  Calibration,
  CalibrationParams,
  ExplainParams,
  Explanation,
  FeaturePassages,
  Lag,
  PassageParams,
  Plot,
  PlotParams,
  ReasonParams,
  Reasons,
  Series,
  SeriesParams,
  Timeline,
  TimelineParams,
} from '../protocol/explanation';
import { pairSample, sampled, sampleSize, type Labelled } from '../core/ranking/calibration';
import type { Galleries } from '../core/ranking/galleries';
import { drawn, drawnSeries } from './drawn';
import { RequestError } from './requestError';
import type { GallerySink } from './gallerySink';
import type { Query, Searching } from './searching';
import type { LocatedEmbedding } from './workers/tasks';
import type { Threads } from './workers/threads';
import type { WorkspaceFiles } from './workspaceFiles';

export interface ExplainingParts {
  readonly workOf: WorkOptionsOf;
  readonly encoder: EncoderDescription;
  readonly threads: Threads;
  readonly indexer: Indexer;
  readonly sink: GallerySink;
  readonly galleries: Galleries;
  readonly files: WorkspaceFiles;
  readonly searching: Searching;
}

/** Two sequences that are compared, and how. */
interface Pair extends Comparing {
  readonly query: SequenceRef;
  readonly match: SequenceRef;
}

/** Two embeddings that are compared, and what their numbers are. */
interface Compared {
  readonly query: Query;
  readonly match: Query;
  /** As they are compared: pooled over channels or not. */
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  /** @param only those of which the blocks are wanted, where channels are not pooled */
  readonly blocksOf: (channels: number, only?: readonly number[]) => readonly DistributionBlock[];
}

const seed = 1;

/** Answers what a distance is made of, and shows the recordings that it is about. */
export class Explaining {
  private calibrated: { readonly key: string; readonly answer: Promise<Calibration> } | undefined;

  constructor(private readonly parts: ExplainingParts) {}

  /** The first channels of a sequence, reduced to the pixels that show them. @throws UnreadableError */
  async plot({ ref, columns, channels }: PlotParams, signal: AbortSignal): Promise<Plot> {
    const { path, number } = ref;
    const options = this.parts.workOf(path);
    const asked = { path, number, options, columns, channels, asWritten: false, span: null };
    const reduced = await this.parts.threads.look('reduce', asked, signal);
    const { steps, rate, hidden } = reduced;
    return {
      ref,
      steps,
      rate,
      channels: reduced.channels.map((channel) => ({ ...drawn(channel), mean: Array.from(channel.mean) })),
      hidden,
    };
  }

  /** A part of a sequence, reduced to the pixels that show it. @throws UnreadableError */
  async series({ ref, span, columns, channels }: SeriesParams, signal: AbortSignal): Promise<Series> {
    const { path, number } = ref;
    const options = this.parts.workOf(path);
    const asked = { path, number, options, columns, channels, asWritten: false, span };
    const reduced = await this.parts.threads.look('reduce', asked, signal);
    return drawnSeries(ref, reduced);
  }

  /** The distance of two sequences in parts. @throws UnreadableError, RequestError */
  async explain(params: ExplainParams, signal: AbortSignal): Promise<Explanation> {
    const { a, b, blocksOf, query, match } = await this.compared(params, signal);
    const { channels } = query.item;
    const blocks = blocksOf(channels);
    const kindOfBlock = await this.kindsOf(blocks, query, signal);
    const named = (kind: number) => this.kindOf(kind, query, match);
    const parts = blockParts(blocks, a, b);
    const byChannel = channelParts(blocks, parts, channels);
    const features = featureParts(blocks, parts);
    return {
      distance: sumOf(parts),
      channels: byChannel && Array.from(byChannel),
      kinds: Array.from(kindParts(blocks, kindOfBlock, a, b), (part, kind) => ({ ...named(kind), part })),
      features: features.slice(0, params.features).map(({ whole, part, course, views }) => ({
        channel: whole.channels.length === 1 ? (whole.channels[0] ?? null) : null,
        feature: whole.feature,
        ...named(kindOfBlock[blocks.indexOf(whole)] ?? 0),
        part,
        course,
        views,
        query: Array.from(levelsOf(whole, a)),
        match: Array.from(levelsOf(whole, b)),
      })),
      of: features.length,
    };
  }

  /** What the time steps of both sequences add to their distance. @throws UnreadableError, RequestError */
  async timeline(params: TimelineParams, signal: AbortSignal): Promise<Timeline> {
    const { query, match, a, b, blocksOf } = await this.compared(params, signal);
    const { columns, channels, scope, weights } = params;
    const { threads } = this.parts;
    const comparing = JSON.stringify([scope, weights]);
    const strip = (own: Query, ownValues: Uint8Array, other: Uint8Array, span: TimelineParams['querySpan']) => {
      const count = own.item.channels;
      const counts = (channel: number) => scope === 'all' || weights === null || (weights[channel] ?? 0) > 0;
      const all = Array.from({ length: count }, (_, c) => c).filter(counts);
      const blocks = blocksOf(
        count,
        all.filter((channel) => channels.includes(channel)),
      );
      const counted = all.length;
      const shared = { comparing, counted, blocks, columns, channels };
      const { path } = own.findable.sequence;
      return threads.explain('strip', { ...shared, own: this.located(own, ownValues), other, span }, signal, path);
    };
    const strips = await Promise.all([strip(query, a, b, params.querySpan), strip(match, b, a, params.matchSpan)]);
    return { query: strips[0], match: strips[1] };
  }

  /** In which respects a channel of two sequences differs, and where. @throws UnreadableError, RequestError */
  async reasons(params: ReasonParams, signal: AbortSignal): Promise<Reasons> {
    const { query, match, a, b, blocksOf } = await this.compared(params, signal);
    const { scope, weights, channel } = params;
    const { channels } = query.item;
    const isSingle = scope === 'layout' || (channels === 1 && match.item.channels === 1);
    if (!isSingle || channel >= channels || match.item.channels <= channel) {
      throw new RequestError('Channels can be explained one by one only where they are compared so.');
    }
    const blocks = blocksOf(channels, [channel]);
    const comparing = JSON.stringify([scope, weights]);
    const pair = { query: this.located(query, a), match: this.located(match, b) };
    return this.parts.threads.explain('reasons', { ...pair, channel, blocks, comparing }, signal, pair.match.path);
  }

  /** Where features are strongest in a sequence. @throws UnreadableError, RequestError */
  async passages(params: PassageParams, signal: AbortSignal): Promise<readonly FeaturePassages[]> {
    const query = await this.parts.searching.queryOf(params.ref, signal);
    const { features, count, columns } = params;
    const of = this.located(query, new Uint8Array(0));
    return this.parts.threads.explain('passages', { of, features, count, columns }, signal, of.path);
  }

  /** The lag at which a match lies best on a query. @throws UnreadableError */
  async align({ query, match }: AlignParams, signal: AbortSignal): Promise<Lag> {
    const plain = ({ path, number }: SequenceRef) => ({
      ...{ path, number, scales: [], rate: null },
      options: this.parts.workOf(path),
    });
    return this.parts.threads.explain('align', { query: plain(query), match: plain(match) }, signal);
  }

  /** What distances mean among the sequences that a query is ranked with. @throws UnreadableError, RequestError */
  async calibration(params: CalibrationParams, signal: AbortSignal): Promise<Calibration> {
    const { galleries, sink, files } = this.parts;
    const { item } = await this.parts.searching.queryOf(params.query, signal);
    const { scope, weights } = params;
    const which = scope === 'layout' ? [item.layout, weights] : null;
    const key = JSON.stringify([which, sink.changes, files.labelChanges, galleries.size]);
    if (this.calibrated?.key !== key) {
      const answer = this.measured(item.layout, params);
      this.calibrated = { key, answer };
      answer.catch(() => {
        if (this.calibrated?.answer === answer) this.calibrated = undefined;
      });
    }
    return this.calibrated.answer;
  }

  private async measured(layout: string, { scope, weights }: CalibrationParams): Promise<Calibration> {
    const { galleries, sink, files, encoder } = this.parts;
    const keys = scope === 'layout' ? galleries.keysOf(layout) : galleries.keys();
    const perChannel = channelSize(encoder);
    const size = scope === 'layout' ? (galleries.get(keys[0] ?? '')?.length ?? perChannel) : perChannel;
    const chosen = sampled(keys, sampleSize(size), seed);
    const sequences = chosen.flatMap((key): Labelled[] => {
      const [values, findable] = [galleries.get(key), sink.get(key)];
      if (values === undefined || findable === undefined) return [];
      const { surveyed, path, number } = findable.sequence;
      const compared =
        scope === 'layout' ? values : poolChannels(values, surveyed.channels.length, blockLevels(encoder));
      const { label, isOwn } = files.shownLabel(path, number, surveyed.label);
      return [{ label, scope: isOwn ? path : '', values: compared }];
    });
    const distance = distanceWith(scope === 'layout' ? weights : null, byteScaleOf(encoder).step);
    const { count, distances, labels } = await pairSample(sequences, distance, turn);
    return {
      pairs: count,
      exact: chosen.length === keys.length,
      distances: Array.from(distances),
      labels: labels && {
        distances: Array.from(labels.distances),
        pairs: Array.from(labels.pairs),
        same: Array.from(labels.same),
      },
    };
  }

  private async compared({ query: a, match: b, scope, weights }: Pair, signal: AbortSignal): Promise<Compared> {
    const { searching, encoder } = this.parts;
    const query = await searching.queryOf(a, signal);
    const match = await searching.queryOf(b, signal);
    if (scope === 'layout') {
      if (query.item.values.length !== match.item.values.length) {
        throw new RequestError('The two recordings have different channels. Compare them across all layouts.');
      }
      const blocksOf = (channels: number, only?: readonly number[]) =>
        blocksOfChannels(encoder, channels, weights ?? undefined, only);
      return { query, match, a: query.item.values, b: match.item.values, blocksOf };
    }
    const pooled = ({ item }: Query) => poolChannels(item.values, item.channels, blockLevels(encoder));
    return {
      query,
      match,
      a: pooled(query),
      b: pooled(match),
      blocksOf: (channels) => pooledBlocks(encoder, channels),
    };
  }

  /** Which kind of features each block is of. */
  private async kindsOf(
    blocks: readonly DistributionBlock[],
    { findable: { sequence } }: Query,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const { encoder, threads, indexer } = this.parts;
    const responses = encoder.responses ?? (await threads.explain('responses', {}, signal));
    const { steps, rate } = sequence.surveyed;
    const compared = indexer.formFor(sequence).rate ?? rate;
    return kindsOfBlocks(blocks, responses, viewPers(encoder, rate && compared ? (steps * compared) / rate : steps));
  }

  private kindOf(kind: number, query: Query, match: Query): Pick<Explanation['kinds'][number], 'name' | 'band'> {
    const { name, band } = kindAt(kind);
    const compared = ({ findable: { sequence } }: Query) => ({
      rate: this.parts.indexer.formFor(sequence).rate ?? sequence.surveyed.rate,
    });
    return { name, band: band && bandBetween(band, compared(query), compared(match)) };
  }

  private located({ findable }: Query, values: Uint8Array): LocatedEmbedding {
    const { path, number } = findable.sequence;
    const options = this.parts.workOf(path);
    return { path, number, options, ...this.parts.indexer.formFor(findable.sequence), values };
  }
}
