import { blocksOfChannels } from '../../core/ranking/explanation/blocks';
import type { Exportable, ExportingParts, Row } from './exportable';
import { bytesOf, doubles, integers, texts } from './npy';
import type { ExportContent } from '../../protocol/exports';
import { exportedSequences, layoutNumbers, sequenceArrays } from './sequences';

const header = ['file', 'sequence', 'name', 'label', 'layout', 'channel', 'channel_name'] as const;

/**
 * The embeddings, a line for every channel of every sequence, with what each number of a line is: the value of a
 * feature's quantile function at a level, over the whole recording or a part of it, times a scale. The weighted mean of |a - b| over a line is D_1 of two channels, and its
 * mean over the channels is the distance that matches are ranked by.
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
  const layouts = layoutNumbers(sequences);
  const columns = blocksOfChannels(encoder, 1).flatMap(({ feature, from, to, levels, scale, weight }) =>
    Array.from({ length: levels }, (_, q) => {
      return { feature, from, to, level: (q + 0.5) / levels, scale, weight: weight / levels };
    }),
  );
  const rows = sequences.flatMap(({ summary, values }, sequence) => {
    const perChannel = values.length / summary.channels.length;
    return summary.channels.map((name, channel) => {
      const own = values.subarray(channel * perChannel, (channel + 1) * perChannel);
      return { sequence, channel, name, values: own };
    });
  });
  const valueHeader = columns.map(({ feature, from, to, level }) => {
    const part = from === 0 && to === 1 ? '' : `_from${brief(from)}_to${brief(to)}`;
    return `f${feature}${part}_q${brief(level)}`;
  });
  return {
    meta: { encoder: { name: encoder.name, sha256: encoder.sha256 }, columns },
    header,
    valueHeader,
    rows: function* (): Generator<Row> {
      for (const { sequence, channel, name, values } of rows) {
        const { summary } = sequences[sequence]!;
        const { file, ref, label } = summary;
        yield { cells: [file, ref.number + 1, summary.name, label, layouts[sequence]!, channel, name], values };
      }
    },
    arrays: () => [
      {
        name: 'values',
        type: '<f4',
        shape: [rows.length, columns.length],
        data: function* () {
          for (const { values } of rows) yield bytesOf(values);
        },
      },
      integers(
        'row_sequence',
        rows.map(({ sequence }) => sequence),
      ),
      integers(
        'row_channel',
        rows.map(({ channel }) => channel),
      ),
      texts(
        'row_channel_name',
        rows.map(({ name }) => name),
      ),
      integers(
        'column_feature',
        columns.map(({ feature }) => feature),
      ),
      doubles(
        'column_level',
        columns.map(({ level }) => level),
      ),
      doubles(
        'column_from',
        columns.map(({ from }) => from),
      ),
      doubles(
        'column_to',
        columns.map(({ to }) => to),
      ),
      doubles(
        'column_scale',
        columns.map(({ scale }) => scale),
      ),
      doubles(
        'column_weight',
        columns.map(({ weight }) => weight),
      ),
      ...sequenceArrays(sequences),
    ],
  };
}

function brief(share: number): string {
  return String(Number(share.toFixed(5)));
}
