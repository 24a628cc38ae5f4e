import { headOf } from '../../api/head';
import { valuesOfCodes, type Coded } from '../../core/encoder/codes';
import { blocksOfChannels } from '../../core/ranking/explanation/blocks';
import { base64Of } from '../base64';
import type { Exportable, ExportingParts, Row } from './exportable';
import { bytesOf, doubles, integers, texts, type NamedArray } from './npy';
import type { EncoderDescription } from '../../core/encoder/description';
import type { Embeddings, ExportContent } from '../../protocol/exports';
import type { SequenceRef } from '../../protocol/sequences';
import { exportedSequences, sequenceArrays, type ExportedSequence } from './sequences';

const header = ['file', 'sequence', 'name', 'label', 'layout', 'channel', 'channel_name', 'path'] as const;

/** What each number of a line is: the value of a quantile function at a level, over a part of the recording. */
interface Column {
  readonly feature: number;
  /** 0 for the recording as it was sampled, then the encoder's other views. */
  readonly view: number;
  readonly from: number;
  readonly to: number;
  readonly level: number;
  readonly scale: number;
  readonly weight: number;
}

/** One channel of one sequence. */
interface Line {
  /** The number of its sequence among those that are written. */
  readonly number: number;
  readonly sequence: ExportedSequence;
  readonly channel: number;
  readonly name: string | null;
  readonly values: Float32Array;
}

/**
 * The embeddings, a line for every channel of every sequence, with what each number of a line is: the value of a
 * feature's quantile function at a level, over the whole recording or a part of it, in one of the encoder's views, times a
 * scale. The weighted mean of |a - b| over a line is D_1 of two channels, and its mean over the channels is the distance that
 * matches are ranked by.
 *
 * @throws RequestError when there are none
 */
export async function embeddingsTable(
  parts: ExportingParts,
  { layoutOf }: Extract<ExportContent, { kind: 'embeddings' }>,
  signal: AbortSignal,
): Promise<Exportable> {
  const { encoder } = parts;
  const sequences = await exportedSequences(parts, layoutOf, signal);
  const columns = columnsOf(encoder);
  const lines = sequences.flatMap((sequence, number) => linesOf(sequence, number, encoder));
  return {
    meta: { ...headOf('export'), encoder: { name: encoder.name, sha256: encoder.sha256 }, columns },
    header,
    valueHeader: columns.map(titleOf),
    rows: () => lines.map(rowOf),
    arrays: () => [
      {
        name: 'values',
        type: '<f4',
        shape: [lines.length, columns.length],
        data: () => lines.map(({ values }) => bytesOf(values)),
      },
      ...lineArrays(lines),
      ...columnArrays(columns),
      ...sequenceArrays(sequences),
    ],
  };
}

function columnsOf(encoder: EncoderDescription): readonly Column[] {
  return blocksOfChannels(encoder, 1).flatMap(({ feature, view, from, to, levels, scale, weight }) =>
    Array.from({ length: levels }, (_, q): Column => {
      return { feature, view, from, to, level: (q + 0.5) / levels, scale, weight: weight / levels };
    }),
  );
}

/**
 * The embeddings of some sequences, in their order, and what each number counts for.
 * @throws UnreadableError, RequestError
 */
export async function embeddingsOf(
  { encoder, searching }: ExportingParts,
  refs: readonly SequenceRef[],
  signal: AbortSignal,
): Promise<Embeddings> {
  const sequences: Embeddings['sequences'][number][] = [];
  for (const ref of refs) {
    const { item, findable } = await searching.queryOf(ref, signal);
    const values = base64Of(valuesOfCodes(item.values, encoder));
    sequences.push({ sequence: searching.summary(findable), channels: item.channels, values });
  }
  const weights = Float32Array.from(columnsOf(encoder), ({ weight }) => weight);
  return { encoder: { name: encoder.name, sha256: encoder.sha256 }, weights: base64Of(weights), sequences };
}

function linesOf(sequence: ExportedSequence, number: number, encoder: Coded): readonly Line[] {
  const { summary } = sequence;
  const values = valuesOfCodes(sequence.values, encoder);
  const perChannel = values.length / summary.channels.length;
  return summary.channels.map((name, channel) => {
    const own = values.subarray(channel * perChannel, (channel + 1) * perChannel);
    return { number, sequence, channel, name, values: own };
  });
}

function rowOf({ sequence: { summary, layoutNumber }, channel, name, values }: Line): Row {
  const { file, ref, label } = summary;
  return { cells: [file, ref.number + 1, summary.name, label, layoutNumber, channel, name, ref.path], values };
}

function titleOf({ feature, view, from, to, level }: Column): string {
  const form = view === 0 ? '' : `_view${view}`;
  const part = from === 0 && to === 1 ? '' : `_from${brief(from)}_to${brief(to)}`;
  return `f${feature}${form}${part}_q${brief(level)}`;
}

function lineArrays(lines: readonly Line[]): readonly NamedArray[] {
  const of = <T>(value: (line: Line) => T) => lines.map(value);
  return [
    integers(
      'row_sequence',
      of(({ number }) => number),
    ),
    integers(
      'row_channel',
      of(({ channel }) => channel),
    ),
    texts(
      'row_channel_name',
      of(({ name }) => name),
    ),
  ];
}

function columnArrays(columns: readonly Column[]): readonly NamedArray[] {
  const of = (value: (column: Column) => number) => columns.map(value);
  return [
    integers(
      'column_feature',
      of(({ feature }) => feature),
    ),
    integers(
      'column_view',
      of(({ view }) => view),
    ),
    doubles(
      'column_level',
      of(({ level }) => level),
    ),
    doubles(
      'column_from',
      of(({ from }) => from),
    ),
    doubles(
      'column_to',
      of(({ to }) => to),
    ),
    doubles(
      'column_scale',
      of(({ scale }) => scale),
    ),
    doubles(
      'column_weight',
      of(({ weight }) => weight),
    ),
  ];
}

function brief(share: number): string {
  return String(Number(share.toFixed(5)));
}
