import type { Catalogue } from './catalogue';
import type { Contents } from './contents';
import type { Embedder } from './embedder';
import { recentEncoders } from './recentEncoders';
import { keyOf } from './store/records';
import type { Store } from './store/store';

export interface PruneParts {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly contents: Contents;
  readonly embedder: Embedder;
}

/**
 * Removes what the store holds of contents that are gone, once that is half of what is in use. The embeddings of
 * encoders that were used lately are kept.
 */
export function prune({ store, catalogue, contents, embedder }: PruneParts): void {
  // Finding out what is in use takes long; it is no less than one encoder's.
  if (!hasMany(store, catalogue.sequences)) return;
  const files = [...catalogue.all()];
  const encoders = recentEncoders(store);
  const embeddings = new Set(files.flatMap((file) => embedder.keysOf(file, encoders)));
  if (!hasMany(store, embeddings.size)) return;
  const surveys = new Set(files.flatMap(({ record }) => (record === null ? [] : contents.contentKey(record))));
  const records = new Set(files.map(({ path }) => keyOf(path)));
  const used = [
    ['embeddings', embeddings],
    ['tracks', embeddings],
    ['surveys', surveys],
    ['files', records],
  ] as const;
  for (const [table, keys] of used) {
    for (const key of store.keys(table)) if (!keys.has(key)) store.remove(table, key);
  }
}

/** Whether the store has many more embeddings than are in use. */
function hasMany(store: Store, used: number): boolean {
  return store.count('embeddings') >= 1.5 * used + 512;
}
