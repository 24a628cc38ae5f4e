import type { Candidate } from './candidates';

/** Things about recordings, those of one file together. */
export function byFile<T extends Pick<Candidate, 'findable'>>(items: readonly T[]): readonly (readonly T[])[] {
  const files = new Map<string, T[]>();
  for (const item of items) {
    const { path } = item.findable.sequence;
    const ofFile = files.get(path);
    if (ofFile === undefined) files.set(path, [item]);
    else ofFile.push(item);
  }
  return [...files.values()];
}
