import type { SequenceSummary } from '../../src/protocol/engine';
import { sequenceTitle } from './describe';
import { isolated } from '../shared/dom';
import { printable, splitPath } from '../shared/format';

/** The parts that name a sequence: its file, which of the file's sequences it is, and the folder. */
export function recordingName(sequence: SequenceSummary): readonly HTMLElement[] {
  const { folder, name } = splitPath(printable(sequence.file));
  const title = sequenceTitle(sequence);
  const parts = [isolated('file', name)];
  if (title !== null) parts.push(isolated('sequence', title));
  // Without the closing slash: the folder stands alone, after the name, as in the editor's own lists.
  if (folder !== '') parts.push(isolated('folder', folder.slice(0, -1)));
  for (const part of parts) part.title = printable(sequence.file);
  return parts;
}
