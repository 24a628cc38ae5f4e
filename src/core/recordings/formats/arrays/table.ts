import type { ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { TableColumn } from '../../table/column';
import { isDecidedClock } from '../../table/decided';
import { mayBeClock, numberColumn } from '../columns/column';
import { sequencesOfColumns } from '../columns/sequences';
import { samplesOf } from '../npy/array';
import { elementPieces } from '../npz/members';
import type { DataMember } from '../npz/plan';
import { decodePieces } from '../pcm/pieces';
import type { VectorTable } from './vectors';
import { unpack } from './packing';
import { exactSamplesFor, samplesFor } from '../../allocate';

/** Reads vectors of one length as the columns of a table. @throws UnreadableError for damage. */
export async function readTable({ vectors }: VectorTable, options: ReadOptions): Promise<Sequence[]> {
  const columns: TableColumn[] = [];
  for (const [i, vector] of vectors.entries()) {
    columns.push(await columnOf(vector, isDecidedClock(options.decisions, vector.name, i + 1)));
  }
  const rate = vectors.find(({ told }) => told?.rate != null)?.told?.rate ?? null;
  return sequencesOfColumns(columns, options).map((sequence) => ({ ...sequence, rate: sequence.rate ?? rate }));
}

async function columnOf(vector: DataMember, isClock: boolean): Promise<TableColumn> {
  const { name, header } = vector;
  const { elements } = header;
  const codec = samplesOf(header);
  const unit = vector.told?.unit ?? null;
  const values = samplesFor(elements);
  const stamps = !isClock && !mayBeClock(name, unit) ? null : exactSamplesFor(elements);
  await decodePieces(elementPieces(vector), codec, elements, (block, start) => {
    unpack(block, vector.told?.packing);
    stamps?.set(block, start);
    values.set(block, start);
  });
  return numberColumn(name, unit, values, stamps);
}
