import { posix } from 'node:path';
import { evenlySpaced } from '../distributions/evenlySpaced';
import { matchPattern } from './pattern';

const mostSuggestions = 4;
/** So many names show what they have in common. */
const sampleSize = 2000;

/**
 * Regular expressions that find a label in file names: a number after a word (`person-(\d+)`), a part between separators,
 * the name without its last part, or the letters that it begins with. The best come first: those that label most files
 * with labels that several files share.
 */
export function suggestPatterns(files: readonly string[]): readonly string[] {
  const sample = evenlySpaced(files, sampleSize);
  const seen = new Set<string>();
  return candidates(sample.map((file) => posix.basename(file)))
    .flatMap((pattern) => {
      const labels = matchPattern(pattern, sample).map((match) => match?.label ?? null);
      const { shared, distinct } = sharingOf(labels);
      const partition = JSON.stringify(labels);
      if (distinct < 2 || seen.has(partition)) return [];
      seen.add(partition);
      return [{ pattern, shared, distinct }];
    })
    .sort((a, b) => b.shared - a.shared || a.distinct - b.distinct)
    .slice(0, mostSuggestions)
    .map(({ pattern }) => pattern);
}

/** How many names have a label that another one has too, and how many such labels there are. */
function sharingOf(labels: readonly (string | null)[]): { readonly shared: number; readonly distinct: number } {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  const several = [...counts.values()].filter((count) => count > 1);
  return { shared: several.reduce((sum, count) => sum + count, 0), distinct: several.length };
}

function candidates(names: readonly string[]): readonly string[] {
  const words = new Map<string, number>();
  let parts = 0;
  for (const name of names) {
    const stem = name.replace(/\.[^.]*$/, '');
    parts = Math.max(parts, stem.split(/[-_ ]/).length);
    for (const [found] of stem.matchAll(/[A-Za-z]{2,}[-_]?(?=\d)/g)) words.set(found, (words.get(found) ?? 0) + 1);
  }
  const common = [...words].filter(([, count]) => 2 * count > names.length).map(([word]) => `${word}(\\d+)`);
  const positions = Array.from({ length: Math.min(parts, 6) }, (_, i) =>
    i === 0 ? '^([^-_ .]+)' : `^(?:[^-_ ]+[-_ ]){${i}}([^-_ .]+)`,
  );
  return [...common, ...positions, '^(.+)[-_ ][^-_ ]+$', '^([A-Za-z]+)'];
}
