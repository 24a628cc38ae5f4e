import { randomUUID } from 'node:crypto';
import type { EncoderDescription } from '../../core/encoder/description';
import { toBytes } from '../../core/distributions/bytes';
import { rawLevels } from '../../core/encoder/scales';
import type { TeamConnection } from '../../engine/team/connection';
import { enterEncoder, type TeamEncoder } from '../../engine/team/encoders';
import { packEnvelope } from '../../engine/team/envelope';
import { enterRoot } from '../../engine/team/roots';
import { fixScales, layoutOf, TeamScales, type TeamScale } from '../../engine/team/scales';
import { setUpTeam, type TeamState } from '../../engine/team/setUp';
import { writeFiles, type DoneFile, type WritingParts } from '../../engine/team/writing';

/** Embeddings as if they were of recordings, which are in an index without any file. */
export interface Synthetic {
  readonly state: TeamState;
  readonly encoder: TeamEncoder;
  readonly layout: string;
  /** Enters rows from a number on. @param codes row after row */
  write(codes: Uint8Array, from: number, label?: (row: number) => string | null): Promise<void>;
}

const columns = 512;
const steps = 1000;

/** Makes an index with one root, and one layout of so many channels without names. */
export async function syntheticTeam(
  connection: TeamConnection,
  description: EncoderDescription,
  root = 'made',
  channels = 1,
): Promise<Synthetic> {
  const state = await setUpTeam(connection, true);
  const { encoder } = await enterEncoder(connection, description);
  const sequence = sequenceOf(channels);
  const layout = layoutOf(sequence);
  await fixScales(connection, [sequence]);
  const scale = (await new TeamScales().of(connection, [layout])).get(layout);
  if (scale === undefined) throw new Error('a scale was fixed and is not there');
  const parts = { connection, encoder, root: await enterRoot(connection, root), claimant: randomUUID() };
  const writing: WritingParts = { ...parts, vectors: state.vectors };
  return {
    ...{ state, encoder, layout },
    write: async (codes, from, label = () => null) => {
      const perRow = channels * encoder.perChannel;
      const rows = codes.length / perRow;
      const files = Array.from({ length: rows }, (_, i) =>
        fileOf(root, from + i, codes.subarray(i * perRow, (i + 1) * perRow), scale, channels, label(from + i)),
      );
      await writeFiles(writing, files);
    },
  };
}

function surveyedOf(channels: number) {
  return {
    ...{ number: 0, name: null, label: null, steps, rate: 100, notes: [], doubts: [] },
    channels: Array.from({ length: channels }, () => ({ name: null, unit: null })),
    levels: toBytes(Float32Array.from({ length: channels * rawLevels }, (_, i) => i % rawLevels)),
  };
}

function sequenceOf(channels: number) {
  return { path: '', number: 0, format: 'CSV', siblings: 1, layout: '', surveyed: surveyedOf(channels) };
}

function fileOf(
  root: string,
  row: number,
  codes: Uint8Array,
  scale: TeamScale,
  channels: number,
  label: string | null,
): DoneFile {
  const content = `${root} ${row}`;
  const wave = Float32Array.from({ length: columns }, (_, i) => Math.sin((i * (1 + (row % 7))) / 40));
  const envelope = packEnvelope(Array.from({ length: channels }, () => ({ minimum: wave, maximum: wave })));
  const embedded = { number: 0, values: new Uint8Array(codes), covered: 1 };
  return {
    ...{ job: 0, content, reason: null, companions: [], labels: [{ number: 0, label }] },
    file: { path: `${row % 100}/${row}.csv`, size: 1, modified: 1, options: '' },
    made: {
      ...{ content, hash: content, format: 'CSV', siblings: 1, reason: null },
      sequences: [{ surveyed: surveyedOf(channels), embedded, scale, rate: null, envelope }],
    },
  };
}
