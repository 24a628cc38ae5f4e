import { GlobError, globMatcher } from '../../core/recordings/folder/glob';
import type { MatchFilter, Range, SequenceSummary } from '../../protocol/engine';
import { sequenceKey } from '../paths';
import { RequestError } from '../requestError';
import { seconds } from './sorting';

/** Whether a sequence at a distance is let through. */
export type Passes = (sequence: SequenceSummary, distance: number) => boolean;

/**
 * The filter as a predicate, or `null` for one that lets everything through.
 * @throws RequestError for a glob that cannot be used
 */
export function predicateOf(filter: MatchFilter): Passes | null {
  const conditions = conditionsOf(filter);
  if (conditions.length === 0) return null;
  return (sequence, distance) => conditions.every((holds) => holds(sequence, distance));
}

function conditionsOf(filter: MatchFilter): readonly Passes[] {
  const conditions: Passes[] = [];
  const { labels, formats, lengthUnit } = filter;
  if (filter.excluded.length > 0) {
    const excluded = new Set(filter.excluded.map(({ path, number }) => sequenceKey(path, number)));
    conditions.push(({ ref }) => !excluded.has(sequenceKey(ref.path, ref.number)));
  }
  if (labels.length > 0) conditions.push(({ label }) => labels.includes(label));
  if (formats.length > 0) conditions.push(({ format }) => formats.includes(format));
  if (isBounded(filter.rate)) conditions.push(({ rate }) => contains(filter.rate, rate));
  if (isBounded(filter.channels)) conditions.push(({ channels }) => contains(filter.channels, channels.length));
  if (isBounded(filter.length)) {
    conditions.push((sequence) => contains(filter.length, lengthUnit === 'steps' ? sequence.steps : seconds(sequence)));
  }
  if (filter.unsure) conditions.push(({ doubts }) => doubts.length > 0);
  if (isBounded(filter.distance)) conditions.push((_, distance) => contains(filter.distance, distance));
  const path = filter.path.trim();
  if (path !== '') conditions.push(pathCondition(path));
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length > 0) conditions.push((sequence) => hasAll(sequence, words));
  return conditions;
}

function pathCondition(glob: string): Passes {
  try {
    const matches = globMatcher(glob, { ignoreCase: true });
    return ({ file }) => matches(file);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    throw new RequestError(`The glob of the filter cannot be used, because ${error.message}.`, { cause: error });
  }
}

function hasAll({ file, name, label, channels }: SequenceSummary, words: readonly string[]): boolean {
  const text = [file, name, label, ...channels]
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function isBounded({ least, most }: Range): boolean {
  return least !== null || most !== null;
}

function contains({ least, most }: Range, value: number | null): boolean {
  return value !== null && value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}
