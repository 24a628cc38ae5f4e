import { setImmediate as turn } from 'node:timers/promises';
import { headOf } from '../../api/head';
import { poolChannels } from '../../core/distributions/pool';
import { distanceWith } from '../../core/distributions/wasserstein';
import { blockLevels } from '../../core/encoder/blocks';
import { byteScaleOf } from '../../core/encoder/codes';
import type { Cell, Exportable, ExportingParts, Row } from './exportable';
import { bytesOf } from './npy';
import type { ExportContent } from '../../protocol/exports';
import { exportedSequences, sequenceArrays, type ExportedSequence } from './sequences';
import { RequestError } from '../requestError';

/** More would be fifty million lines. */
const mostSequences = 10_000;

const header = ['file_a', 'sequence_a', 'label_a', 'file_b', 'sequence_b', 'label_b', 'distance'] as const;

/**
 * The distances of all pairs: in text a line for every pair that can be compared, in `.npz` a square matrix with NaN
 * where two sequences have different channels.
 *
 * @throws RequestError when there are too many sequences or none
 */
export async function pairsTable(
  parts: ExportingParts,
  { scope, layoutOf, weights }: Extract<ExportContent, { kind: 'pairs' }>,
  signal: AbortSignal,
): Promise<Exportable> {
  const { encoder } = parts;
  const sequences = await exportedSequences(parts, scope === 'layout' ? layoutOf : null, signal);
  const n = sequences.length;
  if (n > mostSequences) {
    throw new RequestError(
      `There are ${n.toLocaleString('en')} sequences, and all pairs of at most ${mostSequences.toLocaleString('en')} can be written. Choose a folder with fewer.`,
    );
  }
  const compared = sequences.map((sequence) => ({ sequence, values: comparable(sequence, scope, encoder) }));
  const distance = distanceWith(scope === 'layout' ? weights : null, byteScaleOf(encoder).step);
  const between: Between = (a, b) =>
    scope === 'all' || a.sequence.layout === b.sequence.layout ? distance(a.values, b.values) : NaN;
  return {
    meta: { ...headOf('pairs'), scope, sequences: n },
    header,
    valueHeader: [],
    rows: () => pairRows(compared, between),
    arrays: () => [
      { name: 'distances', type: '<f4', shape: [n, n], data: () => matrixRows(compared, between) },
      ...sequenceArrays(sequences),
    ],
  };
}

interface Compared {
  readonly sequence: ExportedSequence;
  readonly values: Uint8Array;
}

/** NaN where two cannot be compared. */
type Between = (a: Compared, b: Compared) => number;

/** The numbers that are compared: within a layout all, else those pooled over the channels. */
function comparable(
  { values, summary }: ExportedSequence,
  scope: 'layout' | 'all',
  encoder: ExportingParts['encoder'],
): Uint8Array {
  return scope === 'layout' ? values : poolChannels(values, summary.channels.length, blockLevels(encoder));
}

async function* pairRows(compared: readonly Compared[], between: Between): AsyncGenerator<Row> {
  for (const [i, a] of compared.entries()) {
    await turn();
    for (const b of compared.slice(i + 1)) {
      const value = between(a, b);
      if (!Number.isNaN(value)) yield { cells: [...nameOf(a), ...nameOf(b), value], values: null };
    }
  }
}

async function* matrixRows(compared: readonly Compared[], between: Between): AsyncGenerator<Uint8Array> {
  for (const a of compared) {
    await turn();
    yield bytesOf(Float32Array.from(compared, (b) => between(a, b)));
  }
}

function nameOf({ sequence: { summary } }: Compared): readonly Cell[] {
  return [summary.file, summary.ref.number + 1, summary.label];
}
