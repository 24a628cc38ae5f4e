import { channelSize, type Kept } from '../../core/encoder/blocks';
import type { EncoderSession } from '../../core/encoder/session';
import { encodedChannels, stretchForm } from '../../core/encoder/stretches';
import { profileOf, trackForm } from '../../core/encoder/tracks';
import type { Span } from '../../core/encoder/windows';
import type { WorkOptions } from '../../core/index/fileWorker';
import { cheapest, climb, refine, remembered, type Moved } from '../../core/ranking/moving';
import { hopOf, overlap, windowsOf } from '../../core/encoder/windowGrid';
import type { FileContent } from '../../core/recordings/readFile';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import { UnreadableError } from '../../core/recordings/unreadable';
import { comparedOf, RecentlyEncoded } from './recentlyEncoded';
import type { EmbeddedStretch, FoundWindows, SearchedSequence, Tasks } from './tasks';

export interface WindowParts {
  readonly session: () => Promise<EncoderSession>;
  /** @throws UnreadableError */
  readonly content: (path: string, options: WorkOptions, signal: AbortSignal) => Promise<FileContent>;
}

/** Windows of more time steps together stay where they are: their features are not kept together. */
const mostSteps = 2 ** 20;

/** So many values of a feature are enough to see where a window moves. */
const roughValues = 128;

/** So many windows to either side of one are looked at. */
const neighbours = 3;

/** The work of searching for windows, on a worker thread. */
export class WindowTasks {
  private readonly encoded = new RecentlyEncoded();

  constructor(private readonly parts: WindowParts) {}

  async stretch(args: Parameters<Tasks['stretch']>[0], signal: AbortSignal): Promise<EmbeddedStretch> {
    const { path, options, number, span } = args;
    const session = await this.parts.session();
    const content = await this.parts.content(path, options, signal);
    const sequence = content.sequences[number];
    if (!sequence || span.end > stepsOf(sequence)) throw new UnreadableError('it changed since it was shown');
    const { description } = session;
    const size = channelSize(stretchForm(description));
    const codes = new Uint8Array(sequence.channels.length * size);
    const form = trackForm(description);
    const parts = partsOf(description);
    const perChannel = (1 + parts) * form.groups.length;
    const profile = new Float32Array(sequence.channels.length * perChannel);
    const { compared, scaled } = comparedOf(sequence, args.rate, description.minimumSteps);
    const own = scaled(span);
    let c = 0;
    for await (const channels of encodedChannels(session, compared, args.scales, [own], signal)) {
      for (const channel of channels) {
        codes.set(channel.codes(own), c * size);
        profile.set(
          profileOf(form, parts, (take) => {
            channel.visit(own, 0, take);
          }),
          c * perChannel,
        );
        c++;
      }
    }
    return { codes, profile, missing: shareIn(sequence.gaps ?? [], span) };
  }

  async windows(args: Parameters<Tasks['windows']>[0], signal: AbortSignal): Promise<readonly FoundWindows[]> {
    const { path, options, sequences } = args;
    const session = await this.parts.session();
    const content = await this.parts.content(path, options, signal);
    const all: FoundWindows[] = [];
    for (const searched of sequences) {
      const sequence = content.sequences[searched.number];
      if (!sequence || stepsOf(sequence) !== searched.steps) {
        throw new UnreadableError('it changed since it was indexed');
      }
      const stays = args.move === 'none' || searched.starts.length * searched.length > mostSteps;
      all.push(
        stays
          ? await measured(session, sequence, searched, args, signal)
          : await this.moved(session, sequence, searched, args, signal),
      );
    }
    return all;
  }

  /** As `measured`, and where each window moves to. */
  private async moved(
    session: EncoderSession,
    sequence: Sequence,
    searched: SearchedSequence,
    { query, move, promising }: Parameters<Tasks['windows']>[0],
    signal: AbortSignal,
  ): Promise<FoundWindows> {
    const { starts, length, steps, without } = searched;
    const regions = starts.map((start) => regionOf(searched, start));
    const { channels, scaled } = await this.encoded.of(session, sequence, searched, regions, signal);
    const costFrom = (most: number) => (start: number) => {
      const window = { start, end: start + length };
      if (without !== null && overlap(without, window)) return Infinity;
      const span = scaled(window);
      return channels.reduce((sum, channel, c) => sum + differences(channel.codes(span, most), query, c), 0);
    };
    const costOf = remembered(costFrom(Infinity));
    const roughCostOf = remembered(costFrom(roughValues));
    const grid = move === 'grid' ? windowsOf(steps, length).map(({ start }) => start) : [];
    const before = Float64Array.from(starts, costOf);
    const found = starts.map((start, i): Moved => {
      const cost = before[i] ?? Infinity;
      if (cost > promising) return { start, cost };
      const { start: first, end } = regions[i] ?? { start, end: start + length };
      if (move === 'grid') {
        const reachable = grid.filter((other) => other >= first && other + length <= end);
        const near = cheapest(reachable, roughCostOf);
        return climb(reachable, costOf(near.start) < cost ? near.start : start, costOf);
      }
      const { start: finest } = refine(start, hopOf(length), { start: first, end: end - length }, roughCostOf);
      const refined = costOf(finest);
      return refined < cost ? { start: finest, cost: refined } : { start, cost };
    });
    return { before, found };
  }
}

/** The distances of windows where they are. */
async function measured(
  session: EncoderSession,
  sequence: Sequence,
  { starts, length, rate, scales }: SearchedSequence,
  { query }: Parameters<Tasks['windows']>[0],
  signal: AbortSignal,
): Promise<FoundWindows> {
  const { compared, scaled } = comparedOf(sequence, rate, session.description.minimumSteps);
  const spans = starts.map((start) => scaled({ start, end: start + length }));
  const sums = new Float64Array(spans.length);
  let c = 0;
  for await (const channels of encodedChannels(session, compared, scales, spans, signal)) {
    for (const channel of channels) {
      spans.forEach((span, i) => (sums[i]! += differences(channel.codes(span), query, c)));
      c++;
    }
  }
  return { before: sums, found: starts.map((start, i) => ({ start, cost: sums[i] ?? Infinity })) };
}

/** The time steps in which a window may move. */
function regionOf({ length, steps }: SearchedSequence, start: number): Span {
  const reach = neighbours * hopOf(length);
  return { start: Math.max(start - reach, 0), end: Math.min(start + length + reach, steps) };
}

function partsOf({ course }: Kept): number {
  return course?.parts ?? 0;
}

function differences(a: Uint8Array, b: Uint8Array, channel: number): number {
  const offset = channel * a.length;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[offset + i]!);
  return sum;
}

/** The share of a span that lies in others, which may overlap. */
function shareIn(others: readonly Span[], { start, end }: Span): number {
  let inside = 0;
  let reached = start;
  for (const other of [...others].sort((a, b) => a.start - b.start)) {
    const from = Math.max(other.start, reached);
    const to = Math.min(other.end, end);
    if (to <= from) continue;
    inside += to - from;
    reached = to;
  }
  return inside / (end - start);
}
