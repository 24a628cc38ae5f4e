import { randomOf } from '../../../core/distributions/random';
import { extensionOf } from '../../../core/recordings/names';
import { supportedExtensions } from '../../../core/recordings/registry';
import type { Seed } from './corpus';
import { mutated } from './mutate';

/** A file as it is to be written, and what is to be read then. */
export interface FuzzCase {
  readonly seed: Seed;
  /** The name under which it is written. */
  readonly name: string;
  readonly read: string;
  readonly bytes: Buffer;
}

const extensions = [...supportedExtensions];

/** The case of a number: the same for ever, as long as the corpus is. */
export function fuzzCase(corpus: readonly Seed[], seed: number, number: number): FuzzCase {
  const random = randomOf(seed, `fuzz ${number}`);
  const chosen = pick(corpus, random.below(corpus.length));
  const other = pick(corpus, random.below(corpus.length));
  const bytes = mutated(chosen.bytes, other.bytes, random);
  if (random.below(40) > 0) return { seed: chosen, name: chosen.name, read: chosen.read, bytes };
  // Now and then it bears the name of another format.
  const name = `${chosen.name.slice(0, -extensionOf(chosen.name).length)}${pick(extensions, random.below(extensions.length))}`;
  return { seed: chosen, name, read: name, bytes };
}

function pick<T>(items: readonly T[], at: number): T {
  const item = items[at];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}
