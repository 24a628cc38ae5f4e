import { keyOf } from './records';
import type { Store } from './store';

const key = keyOf('owner');

/**
 * Makes a store that of a workspace. Surveys and embeddings hold for their contents, wherever those lie; the scales of
 * layouts come from all sequences of one workspace. So they are forgotten in a store of a workspace that has none of these
 * folders, as when its files were copied from elsewhere. One that gains or loses a folder keeps them, and they follow its
 * sequences as they always do.
 */
export function adopt(store: Store, folders: readonly string[]): void {
  const owned = foldersIn(store.get('marks', key));
  if (owned.length === folders.length && owned.every((folder) => folders.includes(folder))) return;
  if (!owned.some((folder) => folders.includes(folder))) {
    for (const scale of store.keys('scales')) store.remove('scales', scale);
  }
  store.put('marks', key, { folders });
}

function foldersIn(mark: unknown): readonly string[] {
  if (typeof mark !== 'object' || mark === null || !('folders' in mark) || !Array.isArray(mark.folders)) return [];
  return mark.folders.filter((folder): folder is string => typeof folder === 'string');
}
