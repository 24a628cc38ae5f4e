import { channelSize } from '../../core/encoder/blocks';
import { featureBytesOf } from '../../core/encoder/featureBytes';
import type { EncoderSession } from '../../core/encoder/session';
import { encodedChannels, stretchForm, type EncodedChannel } from '../../core/encoder/stretches';
import { profileOf, trackForm } from '../../core/encoder/tracks';
import type { Span } from '../../core/encoder/windows';
import type { WorkOptions } from '../../core/index/fileWorker';
import { byteQueryOf } from '../../core/ranking/byteQuery';
import type { Moved } from '../../core/ranking/moving';
import type { FileContent } from '../../core/recordings/readFile';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';
import { UnreadableError } from '../../core/recordings/unreadable';
import { OpenTasks } from './openTasks';
import { comparedAs } from './comparedAs';
import type { EmbeddedStretch, LocatedWindows, OpenPart, Tasks } from './tasks';

export interface WindowParts {
  readonly session: () => Promise<EncoderSession>;
  /** @throws UnreadableError */
  readonly content: (path: string, options: WorkOptions, signal: AbortSignal) => Promise<FileContent>;
}

/** The work of searching for windows, on a worker thread. */
export class WindowTasks {
  private readonly opened = new OpenTasks();

  constructor(private readonly parts: WindowParts) {}

  async stretch(args: Parameters<Tasks['stretch']>[0], signal: AbortSignal): Promise<EmbeddedStretch> {
    const { path, options, number, span } = args;
    const session = await this.parts.session();
    const content = await this.parts.content(path, options, signal);
    const sequence = content.sequences[number];
    if (!sequence || span.end > stepsOf(sequence)) throw new UnreadableError('it changed since it was shown');
    const { description } = session;
    const { compared, scaled } = comparedAs(sequence, args.rate, description.minimumSteps);
    const own = scaled(span);
    const channels = await allChannels(encodedChannels(session, compared, args.scales, [own], signal));
    const codes = codesOfAll(channels, session, own);
    const features = featureBytesOf(description, channels, own);
    return {
      codes,
      profile: profileOfAll(channels, session, own),
      query: byteQueryOf(description, codes, features, own, stepsOf(compared)),
      missing: shareIn(sequence.gaps ?? [], span),
    };
  }

  async open(args: Parameters<Tasks['open']>[0], signal: AbortSignal): Promise<readonly OpenPart[]> {
    const session = await this.parts.session();
    const content = await this.parts.content(args.path, args.options, signal);
    const all: OpenPart[] = [];
    for (const { sequence: searched, part } of args.parts) {
      const sequence = sequenceIn(content, searched);
      const { compared, scaled, ratio } = comparedAs(sequence, searched.rate, session.description.minimumSteps);
      const own = scaled(part);
      const channels = await allChannels(encodedChannels(session, compared, searched.scales, [own], signal));
      const features = featureBytesOf(session.description, channels, own);
      all.push({ part, features, comparedSteps: stepsOf(compared), ratio });
    }
    return all;
  }

  async estimate(args: Parameters<Tasks['estimate']>[0], signal: AbortSignal): Promise<readonly Float32Array[]> {
    return this.opened.estimate((await this.parts.session()).description, args, signal);
  }

  async move(args: Parameters<Tasks['move']>[0], signal: AbortSignal): Promise<readonly (readonly Moved[])[]> {
    return this.opened.move((await this.parts.session()).description, args, signal);
  }

  async measure(args: Parameters<Tasks['measure']>[0], signal: AbortSignal): Promise<readonly Float64Array[]> {
    return this.opened.measure((await this.parts.session()).description, args, signal);
  }

  async compare(args: Parameters<Tasks['compare']>[0], signal: AbortSignal): Promise<readonly number[]> {
    const { path, options, codes, sequences } = args;
    const session = await this.parts.session();
    const content = await this.parts.content(path, options, signal);
    const all: number[] = [];
    for (const searched of sequences) {
      all.push(await costOf(session, sequenceIn(content, searched), searched, codes, signal));
    }
    return all;
  }
}

async function allChannels(some: AsyncIterable<readonly EncodedChannel[]>): Promise<readonly EncodedChannel[]> {
  const all: (readonly EncodedChannel[])[] = [];
  for await (const channels of some) all.push(channels);
  return all.flat();
}

/** @throws UnreadableError when the sequence is not as it was */
function sequenceIn({ sequences }: FileContent, { number, steps }: LocatedWindows): Sequence {
  const sequence = sequences[number];
  if (!sequence || stepsOf(sequence) !== steps) throw new UnreadableError('it changed since it was indexed');
  return sequence;
}

async function costOf(
  session: EncoderSession,
  sequence: Sequence,
  { rate, scales }: LocatedWindows,
  codes: Uint8Array,
  signal: AbortSignal,
): Promise<number> {
  const { compared } = comparedAs(sequence, rate, session.description.minimumSteps);
  const whole = { start: 0, end: stepsOf(compared) };
  const channels = await allChannels(encodedChannels(session, compared, scales, [whole], signal));
  return channels.reduce((sum, channel, c) => sum + differences(channel.codes(whole), codes, c), 0);
}

function codesOfAll(channels: readonly EncodedChannel[], { description }: EncoderSession, span: Span) {
  const size = channelSize(stretchForm(description));
  const codes = new Uint8Array(channels.length * size);
  channels.forEach((channel, c) => {
    codes.set(channel.codes(span), c * size);
  });
  return codes;
}

function profileOfAll(channels: readonly EncodedChannel[], { description }: EncoderSession, span: Span) {
  const form = trackForm(description);
  const parts = description.course?.parts ?? 0;
  const size = (1 + parts) * form.groups.length;
  const profile = new Float32Array(channels.length * size);
  channels.forEach((channel, c) => {
    const own = profileOf(form, parts, (take) => {
      channel.visit(span, 0, take);
    });
    profile.set(own, c * size);
  });
  return profile;
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
