import type { Span } from '../../protocol/explanation';
import type { ReadingDescription } from '../../protocol/reading';

/**
 * The time steps that lines of a table hold, or `null` where its lines are not one time step each, in their order.
 * @param lines of the whole text
 * @param first the first selected line, and `last` the last one, from 0
 */
export function spanOfLines(
  { table, sequences, sequenceCount }: ReadingDescription,
  lines: readonly string[],
  { first, last }: { readonly first: number; readonly last: number },
): Span | null {
  const begin = table?.rows.find(({ role }) => role === 'samples')?.line;
  const [sequence] = sequences;
  if (begin === undefined || sequence === undefined || sequenceCount !== 1) return null;
  const held = (from: number, to: number): number =>
    lines.slice(from, Math.max(from, to)).filter((line) => line.trim() !== '').length;
  const body = begin - 1;
  if (held(body, lines.length) !== sequence.steps) return null;
  const start = held(body, Math.max(first, body));
  const end = held(body, last + 1);
  return start < end ? { start, end } : null;
}
