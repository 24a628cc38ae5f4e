import * as v from 'valibot';

/** For how many files the sequence that was last asked for is remembered. */
const mostFiles = 200;

const lastUsed = v.array(v.tuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))]));

/** Pairs of a path and the number of the sequence last used of it, the latest at the end. */
export type LastUsed = v.InferOutput<typeof lastUsed>;

/** Reads what was stored; what does not fit counts as nothing. */
export function parseLastUsed(stored: unknown): LastUsed {
  const result = v.safeParse(lastUsed, stored);
  return result.success ? result.output : [];
}

/** The sequence last used of the file at `path`. */
export function numberLastUsed(entries: LastUsed, path: string): number | undefined {
  return entries.find(([other]) => other === path)?.[1];
}

/** `entries` after sequence `number` of the file at `path` was used. */
export function withUsed(entries: LastUsed, path: string, number: number): LastUsed {
  return [...entries.filter(([other]) => other !== path), [path, number] as [string, number]].slice(-mostFiles);
}
