import { byteScaleOf } from '../../encoder/codes';
import { embed } from '../../encoder/embed';
import type { EncoderSession } from '../../encoder/session';
import { encodedChannels } from '../../encoder/stretches';
import type { Span } from '../../encoder/windows';
import { distance1 } from '../../distributions/wasserstein';
import { randomOf } from '../../distributions/random';
import { dips, windowsOf, withoutOverlaps } from '../../encoder/windowGrid';
import type { Pack } from '../packs/pack';
import { splitOf } from '../packs/splits';
import { mass } from './mass';
import { isRight, standardised, streamOf, type Stream } from './streams';

/** How often the first finds are right. */
export interface Precision {
  readonly at1: number;
  readonly at5: number;
}

export interface WindowsResult {
  readonly name: string;
  /** Time steps of all streams, and how many queries there were. */
  readonly steps: number;
  readonly queries: number;
  /** Windows and queries are encoded with what is around them, as a search does. */
  readonly kindred: Precision;
  /** Each is encoded as if it was a recording of its own. */
  readonly alone: Precision;
  readonly mass: Precision;
  /** The share of queries whose nearest instance, as a recording of its own, has their label. */
  readonly whole: number;
}

/** So many instances are in a stream, and so many streams and queries are made of a pack at most. */
const perStream = 50;
const mostStreams = 2;
const mostQueries = 50;
const seed = 1;

const scale = { centre: 0, spread: 1 };

interface Instance {
  readonly values: Float32Array;
  readonly label: number;
}

/** A window of one of the streams. */
interface Hit {
  readonly stream: Stream;
  readonly span: Span;
  readonly distance: number;
}

/** Instances of one label that are queries, and what is searched. */
interface Task {
  readonly queries: readonly Instance[];
  /** The same in a stream. */
  readonly training: Stream;
  readonly instances: readonly Instance[];
  readonly streams: readonly Stream[];
}

export interface WindowsOptions {
  /** How long windows are beside the queries. */
  readonly factor: number;
  /** Whether queries are the training instances themselves, without noise and neighbours, and not stretches of streams of them. */
  readonly clean: boolean;
}

/**
 * Searches streams of test instances for training instances of a pack with both splits, and of one channel: by D_1 of windows
 * on the grid that a search uses, and by the z-normalised Euclidean distance at every time step.
 */
export async function windowsPack(
  session: EncoderSession,
  pack: Pack,
  { factor, clean }: WindowsOptions,
  signal: AbortSignal,
): Promise<WindowsResult> {
  const task = taskOf(pack, session.description.minimumSteps);
  const { streams } = task;
  const queries = await queriesOf(session, task, clean, signal);
  const found = queries.map(() => ({ kindred: [] as Hit[], alone: [] as Hit[], mass: [] as Hit[] }));
  for (const stream of streams) {
    const known = new Map<number, EncodedWindows>();
    for (const [q, { values, codes, alone }] of queries.entries()) {
      const length = Math.round(factor * values.length);
      const windows = known.get(length) ?? (await encodedWindows(session, stream.values, length, signal));
      known.set(length, windows);
      const byCodes = (own: Uint8Array, all: readonly Uint8Array[]) =>
        finds(
          stream,
          windows.spans,
          Float64Array.from(all, (window) => distance1(own, window)),
        );
      const hits = found[q];
      if (hits === undefined) continue;
      hits.kindred = [...hits.kindred, ...byCodes(codes, windows.codes)];
      hits.alone = [...hits.alone, ...byCodes(alone, windows.alone)];
      hits.mass = [...hits.mass, ...findsOfMass(stream, values)];
    }
  }
  const precision = (of: (hits: (typeof found)[number]) => readonly Hit[]) =>
    meanOf(found.map((hits, q) => precisionOf(of(hits), queries[q]?.label ?? -1)));
  return {
    name: pack.name,
    steps: streams.reduce((sum, { values }) => sum + values.length, 0),
    queries: queries.length,
    kindred: precision(({ kindred }) => kindred),
    alone: precision(({ alone }) => alone),
    mass: precision(({ mass: hits }) => hits),
    whole: await nearestWhole(session, task, signal),
  };
}

/** A training instance as it is searched for. */
interface Query extends Instance {
  readonly codes: Uint8Array;
  readonly alone: Uint8Array;
}

async function queriesOf(
  session: EncoderSession,
  { queries, training }: Task,
  clean: boolean,
  signal: AbortSignal,
): Promise<readonly Query[]> {
  const all: Query[] = [];
  if (clean) {
    for (const { values: raw, label } of queries) {
      const values = standardised(raw);
      const { values: codes } = await embedded(session, values, signal);
      all.push({ values, label, codes, alone: codes });
    }
    return all;
  }
  const { values, instances } = training;
  for await (const channels of encodedChannels(session, recordingOf(values), [scale], instances, signal)) {
    for (const channel of channels) {
      for (const { start, end, label } of instances) {
        const own = values.slice(start, end);
        const { values: alone } = await embedded(session, own, signal);
        all.push({ values: own, label, codes: channel.codes({ start, end }), alone });
      }
    }
  }
  return all;
}

function taskOf(pack: Pack, minimumSteps: number): Task {
  const random = randomOf(seed, pack.name);
  const ofSplit = (wanted: string): Instance[] =>
    pack.sequences.flatMap((sequence) => {
      const values = sequence.channels[0] ?? new Float32Array(0);
      const fits = splitOf(pack, sequence) === wanted && values.length >= minimumSteps;
      return fits ? [{ values, label: sequence.label }] : [];
    });
  const tests = random.shuffled(ofSplit('test'));
  const count = Math.max(Math.min(Math.floor(tests.length / perStream), mostStreams), 1);
  const instances = tests.slice(0, count * perStream);
  const groups = Array.from({ length: count }, (_, i) => instances.slice(i * perStream, (i + 1) * perStream));
  const labels = new Set(instances.map(({ label }) => label));
  const trained = random.shuffled(ofSplit('train')).filter(({ label }) => labels.has(label));
  const queries = trained.slice(0, mostQueries);
  const streams = groups.map((group) => streamOf(group, random));
  return { queries, training: streamOf(queries, random), instances, streams };
}

interface EncodedWindows {
  readonly spans: readonly Span[];
  readonly codes: readonly Uint8Array[];
  readonly alone: readonly Uint8Array[];
}

async function encodedWindows(
  session: EncoderSession,
  values: Float32Array,
  length: number,
  signal: AbortSignal,
): Promise<EncodedWindows> {
  const spans = windowsOf(values.length, length);
  const codes: Uint8Array[] = [];
  for await (const channels of encodedChannels(session, recordingOf(values), [scale], spans, signal)) {
    for (const channel of channels) for (const span of spans) codes.push(channel.codes(span));
  }
  const alone: Uint8Array[] = [];
  for (const { start, end } of spans) alone.push((await embedded(session, values.slice(start, end), signal)).values);
  return { spans, codes, alone };
}

function embedded(session: EncoderSession, values: Float32Array, signal: AbortSignal) {
  return embed(session, recordingOf(values), [scale], values.length, signal);
}

function recordingOf(values: Float32Array) {
  return { channels: [{ name: null, unit: null, values }], rate: null, label: null, name: null, notes: [] };
}

function findsOfMass(stream: Stream, query: Float32Array): readonly Hit[] {
  if (query.length > stream.values.length) return [];
  const distances = mass(query, stream.values);
  const spans = Array.from(distances, (_, start) => ({ start, end: start + query.length }));
  return finds(stream, spans, distances);
}

function finds(stream: Stream, spans: readonly Span[], distances: Float64Array): readonly Hit[] {
  const hits = dips(distances).flatMap((i): Hit[] => {
    const span = spans[i];
    return span === undefined ? [] : [{ stream, span, distance: distances[i] ?? Infinity }];
  });
  return withoutOverlaps(hits.sort((a, b) => a.distance - b.distance)).slice(0, 5);
}

function precisionOf(hits: readonly Hit[], label: number): Precision {
  const nearest = [...hits].sort((a, b) => a.distance - b.distance).slice(0, 5);
  const right = nearest.map(({ span, stream }) => (isRight(span, label, stream) ? 1 : 0));
  return { at1: right[0] ?? 0, at5: right.reduce<number>((sum, one) => sum + one, 0) / 5 };
}

function meanOf(all: readonly Precision[]): Precision {
  const mean = (of: (one: Precision) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return { at1: mean(({ at1 }) => at1), at5: mean(({ at5 }) => at5) };
}

async function nearestWhole(
  session: EncoderSession,
  { queries, instances }: Task,
  signal: AbortSignal,
): Promise<number> {
  const codesOf = async (all: readonly Instance[]) => {
    const codes: Uint8Array[] = [];
    for (const { values } of all) codes.push((await embedded(session, standardised(values), signal)).values);
    return codes;
  };
  const [codes, gallery] = [await codesOf(queries), await codesOf(instances)];
  const { step } = byteScaleOf(session.description);
  const right = queries.filter(({ label }, q) => {
    let nearest = { distance: Infinity, label: -1 };
    instances.forEach((instance, i) => {
      const [a, b] = [codes[q], gallery[i]];
      const distance = a === undefined || b === undefined ? Infinity : step * distance1(a, b);
      if (distance < nearest.distance) nearest = { distance, label: instance.label };
    });
    return nearest.label === label;
  });
  return right.length / queries.length;
}
