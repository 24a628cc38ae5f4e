import { defaultReadOptions, UnreadableError } from '../core/recordings/reader';
import { readAsWritten } from '../core/recordings/readFile';
import { stepsOf, type Channel, type Sequence } from '../core/recordings/sequence';
import type { CommandAnswer, CommandParams } from '../protocol/commands/commands';
import { headOf } from './head';

type Answer = CommandAnswer<'inspect'>;
export type Inspected = Answer['files'][number];
export type InspectedSequence = Extract<Inspected, { sequences: unknown }>['sequences'][number];

/** What is read of files, and what was decided and why, without an index. Files are absolute paths. */
export async function inspect({ files }: CommandParams<'inspect'>, signal: AbortSignal): Promise<Answer> {
  const reports: Inspected[] = [];
  for (const file of files) reports.push(await inspected(file, signal));
  return inspectAnswer(reports);
}

/** The answer about some files. What came of a single one stands at the top as well, where a script that asks about one looks. */
export function inspectAnswer(files: readonly Inspected[]): Answer {
  const answer = { ...headOf('inspect'), files: [...files] };
  const [only] = files;
  if (only === undefined || files.length > 1) return answer;
  return 'skipped' in only ? { ...answer, skipped: only.skipped } : { ...answer, sequences: only.sequences };
}

/** Every sequence is shown, however short: one that no encoder takes still shows how its file was read. */
const fewestSteps = 1;

/** What came of a file: its sequences as they were read, or why it was passed over. */
export async function inspected(path: string, signal: AbortSignal): Promise<Inspected> {
  try {
    const content = await readAsWritten(path, { ...defaultReadOptions, signal }, fewestSteps);
    if (content === null) return { path, skipped: 'no reader knows this kind of file' };
    const sequences = content.sequences.flatMap((sequence) => (sequence === null ? [] : [reportOf(sequence)]));
    const [unusable] = content.unusable;
    if (sequences.length === 0 && unusable !== undefined) return { path, skipped: unusable.reason };
    return { path, sequences };
  } catch (error) {
    if (error instanceof UnreadableError) return { path, skipped: error.message };
    throw error;
  }
}

function reportOf(sequence: Sequence): InspectedSequence {
  const { name, label, rate, channels, notes, doubts = [] } = sequence;
  return {
    name,
    label,
    rate,
    steps: stepsOf(sequence),
    channels: channels.map(ends),
    notes: [...notes, ...doubts],
    doubts,
  };
}

function ends({ name, unit, values }: Channel): InspectedSequence['channels'][number] {
  return { name, unit, first: told(values.subarray(0, 3)), last: told(values.slice(-3)) };
}

/** JSON knows no NaN. */
function told(values: Float32Array): readonly (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
