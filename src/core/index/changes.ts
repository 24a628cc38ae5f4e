import type { Catalogue } from './catalogue';
import { isUnchanged } from './glance';
import { forEachConcurrently } from './pace';

/** So many files are looked at at once: no more than the system looks at in any case. */
const width = 8;

/** Those of some files that are not exactly as a catalogue knows them, in order. */
export async function changedAmong(paths: readonly string[], catalogue: Catalogue): Promise<readonly string[]> {
  const changed: string[] = [];
  await forEachConcurrently(paths, width, async (path) => {
    const seen = catalogue.get(path)?.seen ?? [];
    if (seen.length === 0 || !(await isUnchanged(seen))) changed.push(path);
  });
  return changed.sort();
}
