import { createHash } from 'node:crypto';
import { longestText } from '../protocol/shapes';

const digits = 16;

/**
 * Text from a file as messages carry it: whole, or cut and marked by a digest, so that two texts that differ still differ.
 */
export function shortened(text: string): string {
  if (text.length <= longestText) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, digits);
  return `${text.slice(0, longestText - digits - 1)}…${digest}`;
}

/** As `shortened`, for text that may be missing. */
export function shortenedOrNull(text: string | null): string | null {
  return text === null ? null : shortened(text);
}
