import type { CommandAnswer, CommandParams } from '../protocol/commands/commands';
import type { AskEngine, WindowsFound, WindowsParams } from '../protocol/engine';
import { headOf } from './head';
import { QuestionError } from './questionError';
import { recordingOf } from './recording';

type Answer = CommandAnswer<'windows'>;

/**
 * Ranks windows of recordings by their distance to a part of one. Files are absolute paths.
 * @throws QuestionError for a part that is not in the recording, and what the engine refuses
 */
export async function windows(ask: AskEngine, params: CommandParams<'windows'>, signal: AbortSignal): Promise<Answer> {
  const { file, sequence, top: limit, which: each, range } = params;
  const sequences = await ask('sequences', { path: file }, signal);
  const query = sequences.find(({ ref }) => ref.number === sequence - 1);
  if (query === undefined) throw new QuestionError(`${file} has no sequence number ${sequence} that can be used.`);
  const asked = { query: query.ref, span: spanOf(query, params), among: amongOf(params), each, limit, range };
  return answerOf(await ask('windows', asked, signal));
}

function amongOf({ own, files }: CommandParams<'windows'>): WindowsParams['among'] {
  if (own) return { kind: 'recording' };
  return files === undefined ? { kind: 'layout' } : { kind: 'files', paths: files };
}

/** @throws QuestionError for a part that is not in the recording */
function spanOf(
  { rate, steps }: { readonly rate: number | null; readonly steps: number },
  { from, to }: CommandParams<'windows'>,
): WindowsParams['span'] {
  const unit = rate ?? 1;
  const start = Math.round(from * unit);
  const end = to === undefined ? steps : Math.round(to * unit);
  if (start < end && end <= steps) return { start, end };
  const most = rate === null ? `${steps} time steps` : `${secondsOf(steps, rate)} s`;
  throw new QuestionError(`The part must begin before it ends, and end with the recording, which has ${most}.`);
}

function answerOf({ query, span, seconds, searched, left, notes, rows }: WindowsFound): Answer {
  return {
    ...headOf('windows'),
    ...{ query: recordingOf(query), ...span, seconds, searched, left, notes },
    rows: rows.map(({ rank, distance, sequence, span: { start, end } }) => {
      const { rate } = sequence;
      const at = (step: number) => (rate === null ? null : secondsOf(step, rate));
      return { rank, distance, ...recordingOf(sequence), start, end, from_s: at(start), to_s: at(end) };
    }),
  };
}

function secondsOf(step: number, rate: number): number {
  return Number((step / rate).toPrecision(6));
}
