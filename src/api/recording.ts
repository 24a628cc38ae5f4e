import type { CommandAnswer } from '../protocol/commands/commands';
import type { SequenceRef, SequenceSummary } from '../protocol/sequences';

export type Recording = CommandAnswer<'search'>['query'];

/** A recording as other programs are told of it. */
export function recordingOf({
  ref,
  file,
  siblings,
  name,
  label,
  format,
  channels,
  steps,
  rate,
}: SequenceSummary): Recording {
  return { path: ref.path, file, sequence: ref.number + 1, siblings, name, label, format, channels, steps, rate };
}

/** How the engine names a recording; `file` is an absolute path. */
export function refOf({ file, sequence }: { readonly file: string; readonly sequence: number }): SequenceRef {
  return { path: file, number: sequence - 1 };
}

/** The other way round. */
export function refName({ path, number }: SequenceRef): { readonly file: string; readonly sequence: number } {
  return { file: path, sequence: number + 1 };
}
