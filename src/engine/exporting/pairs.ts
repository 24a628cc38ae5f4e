import { setImmediate as turn } from 'node:timers/promises';
import { poolChannels } from '../../core/distributions/pool';
import { distanceWith } from '../../core/distributions/wasserstein';
import { blockLevels } from '../../core/encoder/blocks';
import type { Exportable, ExportingParts, Row } from './exportable';
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
  const pooled = ({ values, summary }: ExportedSequence) =>
    scope === 'layout' ? values : poolChannels(values, summary.channels.length, blockLevels(encoder));
  const embeddings = sequences.map(pooled);
  const distance = distanceWith(scope === 'layout' ? weights : null);
  const between = (i: number, j: number): number => {
    const comparable = scope === 'all' || sequences[i]!.layout === sequences[j]!.layout;
    return comparable ? distance(embeddings[i]!, embeddings[j]!) : NaN;
  };
  const nameOf = ({ summary }: ExportedSequence) => [summary.file, summary.ref.number + 1, summary.label];
  return {
    meta: { scope, sequences: n },
    header,
    valueHeader: [],
    rows: async function* (): AsyncGenerator<Row> {
      for (let i = 0; i < n; i++) {
        await turn();
        for (let j = i + 1; j < n; j++) {
          const value = between(i, j);
          if (Number.isNaN(value)) continue;
          yield { cells: [...nameOf(sequences[i]!), ...nameOf(sequences[j]!), value], values: null };
        }
      }
    },
    arrays: () => [
      {
        name: 'distances',
        type: '<f4',
        shape: [n, n],
        data: async function* () {
          for (let i = 0; i < n; i++) {
            await turn();
            yield bytesOf(Float32Array.from({ length: n }, (_, j) => between(i, j)));
          }
        },
      },
      ...sequenceArrays(sequences),
    ],
  };
}
