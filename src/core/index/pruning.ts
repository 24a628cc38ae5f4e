import type { CatalogueFile } from './catalogue';
import type { Contents } from './contents';
import type { Embedder } from './embedder';
import { recentEncoders, rememberEncoder } from './recentEncoders';
import { keyOf } from './store/records';
import type { Store } from './store/store';

interface Pruned {
  readonly store: Store;
  readonly contents: Contents;
  readonly embedder: Embedder;
  /** All files of the workspace. */
  readonly files: readonly CatalogueFile[];
  readonly encoderHash: string;
}

/**
 * Removes what a store holds of contents that are gone, once that is half of what is in use. The embeddings of encoders
 * that were used lately are kept.
 */
export function prune({ store, contents, embedder, files, encoderHash }: Pruned): void {
  rememberEncoder(store, encoderHash);
  const encoders = recentEncoders(store);
  const embeddings = new Set(files.flatMap((file) => embedder.keysOf(file, encoders)));
  if (store.count('embeddings') < 1.5 * embeddings.size + 512) return;
  const surveys = new Set(files.flatMap(({ record }) => (record === null ? [] : contents.contentKey(record))));
  const records = new Set(files.map(({ path }) => keyOf(path)));
  const used = [
    ['embeddings', embeddings],
    ['surveys', surveys],
    ['files', records],
  ] as const;
  for (const [table, keys] of used) {
    for (const key of store.keys(table)) if (!keys.has(key)) store.remove(table, key);
  }
}
