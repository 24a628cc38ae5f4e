import { isAbsolute, join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { parseChecked } from '../../../core/files/checkedJson';
import { combination, mostInSet, scope, type SequenceRef } from '../../../protocol/sequences';
import { count } from '../../../protocol/shapes';
import type { View } from '../history';
import { setOf, withSet } from '../marks';

/** What names of files that hold a set of queries and marks end in. */
export const queryFileExtension = 'kindred';

/**
 * A path from the folder of the file. What begins with a slash, a drive or another computer's name could make the editor
 * look for files there that whoever wrote the file chose.
 */
const path = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4096),
  v.regex(/^(?![/\\]|[A-Za-z]:)[^\0]*$/, 'a path from the folder of this file'),
);

const entry = v.strictObject({ file: path, sequence: v.optional(v.pipe(count, v.minValue(1)), 1) });
const entries = v.pipe(v.array(entry), v.maxLength(mostInSet));
type Entry = v.InferOutput<typeof entry>;

/** The file as it is written. */
export const queryFile = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  queries: v.pipe(entries, v.minLength(1)),
  moreLike: v.optional(entries, []),
  notLike: v.optional(entries, []),
  rankBy: v.optional(combination, 'nearest'),
  compare: v.optional(scope, 'layout'),
  weights: v.optional(
    v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1000))), v.minLength(1), v.maxLength(10_000)),
  ),
});

/** A sequence lies where no path from the folder of the file leads, as on another drive. */
export class NoPathError extends Error {
  override readonly name = 'NoPathError';

  constructor(readonly file: string) {
    super(`no relative path leads to ${file}`);
  }
}

/**
 * What a view asks about as the text of a file in `folder`: the same text for the same view, and one line for each
 * sequence, so that versions of it can be compared.
 * @throws NoPathError
 */
export function textOf(view: View, folder: string): string {
  const { queries, more, less, by } = setOf(view);
  const lines = (refs: readonly SequenceRef[]) => refs.map((ref) => entryOf(ref, folder));
  const parts: [string, unknown][] = [
    ['version', 1],
    ['queries', lines([view.query, ...queries])],
    ...(more.length > 0 ? [['moreLike', lines(inOrder(more))] satisfies [string, unknown]] : []),
    ...(less.length > 0 ? [['notLike', lines(inOrder(less))] satisfies [string, unknown]] : []),
    ['rankBy', by],
    ['compare', view.scope],
    ...(view.weights === null ? [] : [['weights', view.weights] satisfies [string, unknown]]),
  ];
  return `{\n${parts.map(([name, value]) => `  ${JSON.stringify(name)}: ${written(name, value)}`).join(',\n')}\n}\n`;
}

/** @throws JsonError for the first thing that is wrong */
export function viewOf(text: string, folder: string): View {
  const { queries, moreLike, notLike, rankBy, compare, weights = null } = parseChecked(text, queryFile);
  const refs = (of: readonly Entry[]) =>
    of.map(({ file, sequence }) => ({ path: join(folder, file), number: sequence - 1 }));
  const [query, ...others] = refs(queries) as [SequenceRef, ...SequenceRef[]];
  const set = { queries: others, more: refs(moreLike), less: refs(notLike), by: rankBy };
  return withSet({ query, scope: compare, weights }, set);
}

function entryOf({ path: file, number }: SequenceRef, folder: string): Entry | Pick<Entry, 'file'> {
  const way = relative(folder, file);
  if (isAbsolute(way)) throw new NoPathError(file);
  // A name like a:b.csv is none of a drive.
  const named = { file: `${/^[A-Za-z]:/.test(way) ? './' : ''}${way.split(sep).join('/')}` };
  return number === 0 ? named : { ...named, sequence: number + 1 };
}

function inOrder(refs: readonly SequenceRef[]): readonly SequenceRef[] {
  return [...refs].sort((a, b) => (a.path === b.path ? a.number - b.number : a.path < b.path ? -1 : 1));
}

function written(name: string, value: unknown): string {
  if (!Array.isArray(value) || name === 'weights') return JSON.stringify(value);
  const lines = value.map((each) => `    ${JSON.stringify(each)}`);
  return `[\n${lines.join(',\n')}\n  ]`;
}
