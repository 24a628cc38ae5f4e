import { decidedSequences } from '../readFile';
import { UnreadableError, type Format, type Reader, type ReadOptions } from '../reader';
import { readerOf } from '../registry';
import { stepsOf, type Sequence } from '../sequence';
import { withSource, type ByteSource } from '../source';
import { usable } from '../usable';
import type { Decisions } from './decisions';
import type { DescribedSequence, ReadingDescription } from './description';
import type { DescribedTable, DescribedText } from './tableReading';

const mostSequences = 20;
/** Channels of a sequence, and columns of a table, that are told. */
const [mostChannels, mostColumns] = [500, 200];

/**
 * Reads a file as `readFile` does and tells what was taken for what; a file that cannot be read is described by why.
 * @param minimumSteps sequences with fewer time steps have a problem
 * @throws UnreadableError for a file that cannot be opened, or that no reader claims
 */
export async function describeReading(
  path: string,
  options: ReadOptions,
  minimumSteps = 1,
): Promise<ReadingDescription> {
  return withSource(path, async (source) => {
    const reader = readerOf(source);
    if (reader === null) throw new UnreadableError('it is of no format that is read');
    const result = await readOrProblem(reader, source, options);
    const text = (await textOf(reader, source, options)) ?? null;
    const sequences = result.sequences.slice(0, mostSequences).map((sequence) => described(sequence, minimumSteps));
    const reading = result.sequences[0]?.reading;
    const { decisions = {} } = options;
    const decidable = decidableOf((reader.inner?.(source) ?? reader).format);
    return {
      format: reader.format,
      problem:
        result.problem ??
        (sequences.some(({ problem }) => problem === undefined) ? null : (sequences[0]?.problem ?? null)),
      decidable,
      decided: decidable.includes('axes')
        ? { axes: options.arrayAxes, ...reading?.found, ...decisions }
        : { ...text?.found, ...reading?.found, ...decisions },
      sequences,
      sequenceCount: result.sequences.length,
      table: text === null ? null : withColumns(text.table, reading?.columns),
    };
  });
}

interface Result {
  readonly sequences: readonly Sequence[];
  readonly problem: string | null;
}

async function readOrProblem(reader: Reader, source: ByteSource, options: ReadOptions): Promise<Result> {
  try {
    return { sequences: await decidedSequences(reader, source, options), problem: null };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { sequences: [], problem: error.message };
  }
}

/** @returns `null` for what is no text, or whose text cannot be reached */
async function textOf(reader: Reader, source: ByteSource, options: ReadOptions): Promise<DescribedText | null> {
  try {
    return (await reader.describe?.(source, options)) ?? null;
  } catch (error) {
    // Why that is so was met when it was read.
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}

function described(sequence: Sequence, minimumSteps: number): DescribedSequence {
  const result = usable(sequence, minimumSteps);
  const { name, label, rate, channels, notes, doubts = [] } = 'sequence' in result ? result.sequence : sequence;
  return {
    name,
    label,
    rate,
    steps: stepsOf(sequence),
    channels: channels.slice(0, mostChannels).map((channel) => ({ name: channel.name, unit: channel.unit })),
    notes,
    doubts,
    ...('reason' in result ? { problem: result.reason } : {}),
  };
}

function withColumns(table: DescribedTable, columns: DescribedTable['columns'] = table.columns): DescribedTable {
  return { rows: table.rows, columns: columns.slice(0, mostColumns) };
}

const ofAll = ['rate', 'channels', 'names', 'units'] as const;
const ofTables = [...ofAll, 'clock', 'clockUnit', 'label', 'series', 'segments'] as const;
const ofText = [...ofTables, 'delimiter', 'decimal', 'headerLines'] as const;
const ofAnnotated = [...ofAll, 'segments'] as const;
const ofArrays = [...ofTables, 'axes'] as const;

const ofFormat: Readonly<Partial<Record<Format, readonly (keyof Decisions)[]>>> = {
  ...{ delimited: ofText, ucr: ofText, json: ofTables, 'json-lines': ofTables },
  ...{
    parquet: ofTables,
    arrow: ofTables,
    fit: ofTables,
    edf: ofAnnotated,
    brainvision: ofAnnotated,
    wfdb: ofAnnotated,
  },
  ...{ npz: ofArrays, mat: ofArrays, hdf5: ofArrays, npy: [...ofAll, 'axes'] },
};

function decidableOf(format: Format): readonly (keyof Decisions)[] {
  return ofFormat[format] ?? ofAll;
}
