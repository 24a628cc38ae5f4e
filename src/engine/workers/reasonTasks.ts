import { distance1 } from '../../core/distributions/wasserstein';
import { viewPers } from '../../core/encoder/blocks';
import { byteScaleOf } from '../../core/encoder/codes';
import type { Response } from '../../core/encoder/description';
import { embed } from '../../core/encoder/embed';
import type { ChannelScale } from '../../core/encoder/inputs';
import { measureResponses } from '../../core/encoder/responses';
import type { Span } from '../../core/encoder/windows';
import type { EncoderSession } from '../../core/encoder/session';
import { changesOf, type Change, type SeriesOfPair } from '../../core/ranking/explanation/changes';
import { mostConcentrated, stretchToSee } from '../../core/ranking/explanation/concentrated';
import { bandBetween, kindAt, kindParts, kinds, kindsOfBlocks } from '../../core/ranking/explanation/kinds';
import type { CostTimeline } from '../../core/ranking/explanation/timeline';
import { addCosts, emptyTimeline } from '../../core/ranking/explanation/timelines';
import { sumOf } from '../../core/ranking/explanation/split';
import { powerSpectrum, powerWithin, type Spectrum } from '../../core/recordings/spectrum';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import type { Reasons } from '../../protocol/explanation';
import { shortenedOrNull } from '../shortened';
import type { ExplainedSeries, ExplainParts } from './explainedSeries';
import type { LocatedEmbedding, Tasks } from './tasks';

/** Of a channel that does not differ. */
const nothing = { kinds: [], time: { query: null, match: null }, seen: { query: null, match: null }, changes: [] };

type Args = Parameters<Tasks['reasons']>[0];

/** Kinds that are told, and the least share of a channel's part that one of them has. */
const [mostKinds, leastKindShare] = [2, 0.1];

/** Respects that are told, and the least share of a channel's part that one of them explains. */
const [mostChanges, leastChangeShare] = [2, 0.15];

/** Time steps of which recordings are embedded again in other respects: evenly spaced windows of longer ones. */
const changedSteps = 2048;

/** The work of telling in which respects a channel of two recordings differs, and where. */
export class ReasonTasks {
  private measured: Promise<readonly Response[]> | undefined;

  constructor(
    private readonly parts: ExplainParts,
    private readonly series: ExplainedSeries,
  ) {}

  /** What the encoder's description says, or else what is measured, once. */
  responses(): Promise<readonly Response[]> {
    this.measured ??= this.parts
      .session()
      .then((session) => session.description.responses ?? measureResponses(session));
    return this.measured;
  }

  async reasons(args: Args, signal: AbortSignal): Promise<Reasons> {
    const { query, match, channel, blocks } = args;
    const session = await this.parts.session();
    const sides = [await this.side(query, signal), await this.side(match, signal)] as const;
    const pers = viewPers(session.description, stepsOf(sides[0].compared));
    const kindOfBlock = kindsOfBlocks(blocks, await this.responses(), pers);
    const sums = kindParts(blocks, kindOfBlock, query.values, match.values);
    const part = sumOf(sums);
    const shared = { channel, unit: shortenedOrNull(sides[0].sequence.channels[channel]?.unit ?? null), part };
    if (!(part > 0)) return { ...shared, ...nothing };
    const costs = {
      query: await this.costsByKind(sides[0], match.values, args, kindOfBlock, signal),
      match: await this.costsByKind(sides[1], query.values, args, kindOfBlock, signal),
    };
    const [querySteps, matchSteps] = [stepsOf(sides[0].sequence), stepsOf(sides[1].sequence)];
    const seen = (kind: number | null) => ({
      query: seenIn(chosen(costs.query, kind), querySteps),
      match: seenIn(chosen(costs.match, kind), matchSteps),
    });
    const pair = { query: valuesOf(sides[0], channel), match: valuesOf(sides[1], channel) };
    return {
      ...shared,
      kinds: kindsOf(sums, part, pair, sides).map(({ kind, ...told }) => ({ ...told, ...seen(kind) })),
      time: { query: concentratedIn(costs.query, querySteps), match: concentratedIn(costs.match, matchSteps) },
      seen: seen(null),
      changes: await this.changes(session, pair, sides, args, part, signal),
    };
  }

  private async side(located: LocatedEmbedding, signal: AbortSignal): Promise<Side> {
    const sequence = await this.parts.read(located, signal);
    return { located, sequence, compared: await this.series.comparedOf(sequence, located) };
  }

  /** What the time steps of one recording cost, by the kinds of features. */
  private async costsByKind(
    { located, compared }: Side,
    other: Uint8Array,
    { channel, blocks }: Args,
    kindOfBlock: Uint8Array,
    signal: AbortSignal,
  ): Promise<readonly CostTimeline[]> {
    const { description } = await this.parts.session();
    const series = await this.series.seriesOf(compared, located, channel, signal);
    return kinds.map((_, kind) => {
      const timeline = emptyTimeline(description, stepsOf(compared));
      const own = blocks.filter((__, i) => kindOfBlock[i] === kind);
      addCosts(own, located.values, other, [{ channel, series }], new Map([[channel, timeline]]));
      return timeline;
    });
  }

  /**
   * The respects in which two series differ: one after the other that brings them nearest to one another, with what the
   * channel would then add.
   */
  private async changes(
    session: EncoderSession,
    pair: SeriesOfPair,
    [a, b]: readonly [Side, Side],
    { channel }: Args,
    part: number,
    signal: AbortSignal,
  ): Promise<Reasons['changes']> {
    const codes = new Map<Float32Array, Uint8Array>();
    const codesOf = async (values: Float32Array, { located }: Side) => {
      const known = codes.get(values) ?? (await embedded(session, values, located.scales[channel], signal));
      codes.set(values, known);
      return known;
    };
    const distance = async ({ query, match }: SeriesOfPair) =>
      byteScaleOf(session.description).step * distance1(await codesOf(query, a), await codesOf(match, b));
    const before = await distance(pair);
    const found: Reasons['changes'][number][] = [];
    let [left, current] = [before, pair];
    while (found.length < mostChanges && before > 0) {
      let best: { readonly change: Change; readonly distance: number } | null = null;
      for (const change of changesOf(current)) {
        if (found.some(({ name }) => name === change.name)) continue;
        const without = await distance(change.without);
        if (without < (best?.distance ?? left - leastChangeShare * before)) best = { change, distance: without };
      }
      if (best === null) break;
      const { name, amount, query, match } = best.change;
      [left, current] = [best.distance, best.change.without];
      // At another tempo the match's steps are others.
      const moved = found.some((each) => each.name === 'tempo');
      const spans = { query: ownSpans(query, a), match: moved ? [] : ownSpans(match, b) };
      found.push({ name, amount, without: (part * left) / before, ...spans });
    }
    return found;
  }
}

/** A recording that is compared. */
interface Side {
  readonly located: LocatedEmbedding;
  readonly sequence: Sequence;
  /** As its embedding was made. */
  readonly compared: Sequence;
}

function valuesOf({ compared }: Side, channel: number): Float32Array {
  const values = compared.channels[channel]?.values;
  if (values === undefined) throw new RangeError(`there is no channel ${channel}`);
  return values;
}

/** The costs of one kind, or with `null` those of all. */
function chosen(costs: readonly CostTimeline[], kind: number | null): readonly CostTimeline[] {
  return kind === null ? costs : costs.slice(kind, kind + 1);
}

/** The kinds that add most, with how the recordings compare in them. */
function kindsOf(sums: Float64Array, part: number, pair: SeriesOfPair, [a, b]: readonly [Side, Side]) {
  const spectra = { query: powerSpectrum(pair.query), match: powerSpectrum(pair.match) };
  return [...sums.keys()]
    .filter((kind) => sums[kind]! > leastKindShare * part)
    .sort((x, y) => sums[y]! - sums[x]!)
    .slice(0, mostKinds)
    .map((kind) => {
      const { name, band } = kindAt(kind);
      const named = { name, band: band && bandBetween(band, a.compared, b.compared) };
      return { kind, ...named, part: sums[kind]!, stronger: band && strongerIn(spectra, band) };
    });
}

/** The stretch of a recording of so many time steps that carries more of all costs together than its length. */
export function concentratedIn(costs: readonly CostTimeline[], steps: number): Reasons['time']['query'] {
  const found = mostConcentrated(together(costs));
  if (found === null) return null;
  return { ...ownSpan(found, costs, steps), share: found.share, length: found.length };
}

/** The stretch of a recording of so many time steps to look at to see some costs. */
function seenIn(costs: readonly CostTimeline[], steps: number): Reasons['kinds'][number]['query'] {
  const found = stretchToSee(together(costs));
  return found === null ? null : ownSpan(found, costs, steps);
}

function together(costs: readonly CostTimeline[]): Float64Array {
  const [first, ...others] = costs.map((timeline) => timeline.costs);
  if (first === undefined) return new Float64Array(0);
  return first.map((cost, cell) => others.reduce((sum, each) => sum + each[cell]!, cost));
}

/** Cells of timelines as time steps of a recording that has so many. */
function ownSpan({ start, end }: Span, [first]: readonly CostTimeline[], steps: number): Span {
  const { cell, steps: compared } = first ?? { cell: 1, steps };
  const own = (at: number) => Math.round((Math.min(at * cell, compared) * steps) / compared);
  const from = Math.min(own(start), steps - 1);
  return { start: from, end: Math.max(own(end), from + 1) };
}

/** A series embedded as a channel, only windows of longer ones. */
async function embedded(
  session: EncoderSession,
  values: Float32Array,
  scale: ChannelScale | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const sequence = { channels: [{ name: null, unit: null, values }], rate: null, label: null, name: null, notes: [] };
  return (await embed(session, sequence, scale === undefined ? [] : [scale], changedSteps, signal)).values;
}

/** Spans of a recording as it is compared, in its own time steps; the longest few. */
function ownSpans(spans: Change['query'], { sequence, compared }: Side): Reasons['changes'][number]['query'] {
  const perStep = stepsOf(sequence) / stepsOf(compared);
  return [...spans]
    .sort((a, b) => b.end - b.start - (a.end - a.start))
    .slice(0, mostSpans)
    .map(({ start, end }) => {
      const first = Math.floor(start * perStep);
      return { start: first, end: Math.max(Math.ceil(end * perStep), first + 1) };
    })
    .sort((a, b) => a.start - b.start);
}

const mostSpans = 20;

/** By which factor the match swings farther within a band; `null` where one of them does not swing there. */
function strongerIn(
  { query, match }: { readonly query: Spectrum; readonly match: Spectrum },
  { low, high }: { readonly low: number; readonly high: number },
): number | null {
  const [a, b] = [query, match].map((spectrum) => powerWithin(spectrum, low, high) / spectrum.size);
  return a !== undefined && b !== undefined && a > 0 && b > 0 ? Math.sqrt(b / a) : null;
}
