import { strongestPassages } from '../../core/ranking/explanation/passages';
import { costColumns } from '../../core/ranking/explanation/timeline';
import { sumOf } from '../../core/ranking/explanation/split';
import type { FeaturePassages, Lag, Strip } from '../../protocol/explanation';
import { bestLag, resampledTo, type SeriesPair } from '../../core/recordings/align';
import { reduceToColumns } from '../../core/recordings/reduce';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import { ExplainedSeries, type ExplainParts } from './explainedSeries';
import { PairTimelines } from './pairTimelines';
import { concentratedIn, ReasonTasks } from './reasonTasks';
import type { Tasks } from './tasks';
import { largest } from '../../core/recordings/extremes';

/** A passage is so many values of its feature long, which is about what the feature looks at. */
const valuesPerPassage = 16;
const leastPassage = 32;
const mostAligned = 8;

/** The work of explaining a distance, on a worker thread. What takes long is kept for the next question. */
export class ExplainTasks {
  private readonly series: ExplainedSeries;
  private readonly timelines: PairTimelines;
  /** What tells reasons, by the same features. */
  readonly reasoning: ReasonTasks;

  constructor(private readonly parts: ExplainParts) {
    this.series = new ExplainedSeries(parts);
    this.timelines = new PairTimelines(this.series);
    this.reasoning = new ReasonTasks(parts, this.series);
  }

  async strip(args: Parameters<Tasks['strip']>[0], signal: AbortSignal): Promise<Strip> {
    const { own, span: asked, columns, channels, counted } = args;
    const { description } = await this.parts.session();
    const sequence = await this.parts.read(own, signal);
    const compared = await this.series.comparedOf(sequence, own);
    const timelines = await this.timelines.of(compared, description, args, signal);
    const steps = stepsOf(sequence);
    const span = clamped(asked, steps);
    // The timeline's own time steps for each of the recording's.
    const ratio = stepsOf(compared) / steps;
    const scaled = { start: span.start * ratio, end: span.end * ratio };
    const reduced = timelines.map((timeline) => costColumns(timeline, scaled, columns));
    const total = new Float64Array(columns);
    for (const { costs } of reduced) costs.forEach((cost, c) => (total[c]! += cost));
    // Channels that count for nothing, or were not asked for, are not looked at.
    const covered = Float64Array.from(
      { length: columns },
      (_, c) => largest(reduced.map((each) => each.steps[c]!)) / ratio,
    );
    return {
      steps,
      span,
      counted,
      compared: Array.from(covered),
      costs: Array.from(total),
      channels: channels.flatMap((index) => {
        const column = reduced[index];
        return column === undefined ? [] : [{ index, costs: Array.from(column.costs) }];
      }),
      sums: timelines.map(({ costs }) => sumOf(costs)),
      most: concentratedIn(timelines, steps),
      comparedSteps:
        largest(timelines.map((timeline) => costColumns(timeline, { start: 0, end: stepsOf(compared) }, 1).steps[0]!)) /
        ratio,
    };
  }

  async passages(args: Parameters<Tasks['passages']>[0], signal: AbortSignal): Promise<readonly FeaturePassages[]> {
    const { of, features, count, columns } = args;
    const sequence = await this.parts.read(of, signal);
    const compared = await this.series.comparedOf(sequence, of);
    const steps = stepsOf(compared);
    const own = (step: number) => Math.round((step * stepsOf(sequence)) / steps);
    const found: FeaturePassages[] = [];
    for (const { channel, feature } of features) {
      const values = sequence.channels[channel]?.values;
      if (values === undefined) continue;
      const series = (await this.series.seriesOf(compared, of, channel, signal))[0]?.[feature];
      if (series === undefined) continue;
      const width = Math.max(leastPassage, valuesPerPassage * series.stride);
      const passages = strongestPassages(series, steps, width, count).map((passage) => {
        const [start, end] = [own(passage.start), own(passage.end)];
        const { minimum, maximum } = reduceToColumns(values, columns, start, end);
        return { start, end, minimum: Array.from(minimum), maximum: Array.from(maximum) };
      });
      found.push({ channel, feature, rate: sequence.rate, passages });
    }
    return found;
  }

  async align({ query, match }: Parameters<Tasks['align']>[0], signal: AbortSignal): Promise<Lag> {
    const a = await this.parts.read(query, signal);
    const b = await this.parts.read(match, signal);
    const known = a.rate !== null && b.rate !== null;
    // Both as if they had been sampled at the lower rate.
    const rate = known ? Math.min(a.rate, b.rate) : 1;
    const pairs = alike(a, b).map(([x, y]): SeriesPair => {
      if (!known) return { a: x, b: y };
      return { a: resampledTo(x, rate / a.rate), b: resampledTo(y, rate / b.rate) };
    });
    const { lag, correlation } = bestLag(pairs);
    return { lag: lag / rate, unit: known ? 's' : 'steps', correlation };
  }
}

/** The channels of two sequences that are the same by name, or by their number where names do not agree. */
function alike(a: Sequence, b: Sequence): readonly (readonly [Float32Array, Float32Array])[] {
  const named = a.channels.flatMap(({ name, values }) => {
    const other = b.channels.find((channel) => name !== null && channel.name === name);
    return other === undefined ? [] : [[values, other.values] as const];
  });
  if (named.length > 0) return named.slice(0, mostAligned);
  return a.channels.slice(0, mostAligned).flatMap(({ values }, c) => {
    const other = b.channels[c];
    return other === undefined ? [] : [[values, other.values] as const];
  });
}

function clamped(span: { start: number; end: number } | null, steps: number) {
  if (span === null) return { start: 0, end: steps };
  const start = Math.max(0, Math.min(span.start, steps - 1));
  return { start, end: Math.max(start + 1, Math.min(span.end, steps)) };
}
