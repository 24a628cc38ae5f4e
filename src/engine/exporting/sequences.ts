import type { ExportingParts } from './exportable';
import { integers, texts, type NamedArray } from './npy';
import type { SequenceRef, SequenceSummary } from '../../protocol/engine';
import { RequestError } from '../requestError';

/** A sequence of the index with a copy of its embedding, which stays the same while it is written. */
export interface ExportedSequence {
  readonly summary: SequenceSummary;
  readonly layout: string;
  /** The number of the layout, in the order in which they come. */
  readonly layoutNumber: number;
  readonly values: Uint8Array;
}

/**
 * All sequences of the index, or of one layout, in a stable order.
 * @throws RequestError when there are none
 */
export async function exportedSequences(
  { searching, galleries, sink }: ExportingParts,
  layoutOf: SequenceRef | null,
  signal: AbortSignal,
): Promise<readonly ExportedSequence[]> {
  const layout = layoutOf === null ? null : (await searching.queryOf(layoutOf, signal)).item.layout;
  const keys = layout === null ? galleries.keys() : galleries.keysOf(layout);
  const all = keys.flatMap((key) => {
    const [values, findable] = [galleries.get(key), sink.get(key)];
    if (values === undefined || findable === undefined) return [];
    return [{ summary: searching.summary(findable), layout: findable.sequence.layout, values }];
  });
  if (all.length === 0) throw new RequestError('The index holds no sequences, so there is nothing to write.');
  all.sort(({ summary: a }, { summary: b }) => {
    return a.file < b.file ? -1 : a.file > b.file ? 1 : a.ref.number - b.ref.number;
  });
  const numbers = new Map<string, number>();
  return all.map((sequence) => {
    const layoutNumber = numbers.get(sequence.layout) ?? numbers.size;
    numbers.set(sequence.layout, layoutNumber);
    return { ...sequence, layoutNumber };
  });
}

/** The arrays that tell which sequences others are about. */
export function sequenceArrays(sequences: readonly ExportedSequence[]): readonly NamedArray[] {
  return [
    texts(
      'file',
      sequences.map(({ summary }) => summary.file),
    ),
    integers(
      'sequence',
      sequences.map(({ summary }) => summary.ref.number + 1),
    ),
    texts(
      'path',
      sequences.map(({ summary }) => summary.ref.path),
    ),
    texts(
      'name',
      sequences.map(({ summary }) => summary.name),
    ),
    texts(
      'label',
      sequences.map(({ summary }) => summary.label),
    ),
    integers(
      'layout',
      sequences.map(({ layoutNumber }) => layoutNumber),
    ),
  ];
}
