import { resolve } from 'node:path';
import type { Engine } from '../engine/engine';
import { RequestError } from '../engine/requestError';
import type { SequenceRef, SequenceSummary, WindowsFound } from '../protocol/engine';
import { nameOf, printable, tableOf } from './printing';

export interface WindowOptions {
  /** Of the stretch that is searched for: in seconds where the recording's rate is known, else in time steps. */
  readonly from?: number;
  readonly to?: number;
  readonly windows: 'best' | 'all';
  readonly files?: readonly string[];
  readonly own: boolean;
  readonly range: boolean;
  readonly top: number;
  readonly json: boolean;
}

/** Whether a part of the recording is searched for. */
export function isPart({ from, to }: WindowOptions): boolean {
  return from !== undefined || to !== undefined;
}

/** Prints the windows that are most like a part of a recording. @throws RequestError */
export async function searchWindows(
  engine: Engine,
  query: SequenceRef,
  options: WindowOptions,
  signal: AbortSignal,
): Promise<void> {
  const { windows: each, files, own, range, top: limit, json } = options;
  const sequences = await engine.ask('sequences', { path: query.path }, signal);
  const summary = sequences.find(({ ref }) => ref.number === query.number);
  if (summary === undefined)
    throw new RequestError(`There is no sequence number ${query.number + 1} that can be used.`);
  const among = own
    ? ({ kind: 'recording' } as const)
    : files === undefined
      ? ({ kind: 'layout' } as const)
      : ({ kind: 'files', paths: files.map((file) => resolve(file)) } as const);
  const asked = { query: summary.ref, span: spanOf(summary, options), among, each, limit, range };
  const found = await engine.ask('windows', asked, signal);
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : textOf(found));
}

/** @throws RequestError for a part that is not in the recording */
function spanOf({ rate, steps }: SequenceSummary, { from = 0, to }: WindowOptions) {
  const unit = rate ?? 1;
  const start = Math.round(from * unit);
  const end = to === undefined ? steps : Math.round(to * unit);
  if (start < end && end <= steps) return { start, end };
  const most = rate === null ? `${steps} time steps` : `${secondsOf(steps, rate)} s`;
  throw new RequestError(`The part must begin before it ends, and end with the recording, which has ${most}.`);
}

function textOf({ query, span, rows, searched, left, notes }: WindowsFound): string {
  const head = `Nearest to ${placeOf(span, query)} of ${nameOf(query)}, of ${searched.windows} windows of ${searched.recordings} recordings:`;
  const table = tableOf(
    ['rank', 'distance', 'from', 'to', 'label', 'recording'],
    rows.map(({ rank, distance, sequence, span: found }) => [
      String(rank),
      distance.toPrecision(4),
      timeOf(found.start, sequence),
      timeOf(found.end, sequence),
      printable(sequence.label ?? ''),
      nameOf(sequence),
    ]),
    4,
  );
  const told = left.map(({ recordings, reason }) => `  ${recordings} not searched, because ${printable(reason)}.`);
  return `${[head, ...table, ...notes.map((note) => `  ${printable(note)}`), ...told].join('\n')}\n`;
}

function placeOf({ start, end }: WindowsFound['span'], summary: SequenceSummary): string {
  return `${timeOf(start, summary)} to ${timeOf(end, summary)}`;
}

function timeOf(step: number, { rate }: Pick<SequenceSummary, 'rate'>): string {
  return rate === null ? String(step) : `${secondsOf(step, rate)} s`;
}

function secondsOf(step: number, rate: number): number {
  return Number((step / rate).toPrecision(6));
}
