import { keyOf } from './store/records';
import type { Store } from './store/store';

/** The embeddings of so many encoders are kept, so that going back to one takes no time. */
const most = 8;
const key = keyOf('recent encoders');

/** The hashes of the encoders that were used last, newest first. */
export function recentEncoders(store: Store): readonly string[] {
  const mark = store.get('marks', key);
  if (typeof mark !== 'object' || mark === null || !('hashes' in mark) || !Array.isArray(mark.hashes)) return [];
  return mark.hashes.filter((hash): hash is string => typeof hash === 'string').slice(0, most);
}

export function rememberEncoder(store: Store, hash: string): void {
  const known = recentEncoders(store);
  if (known[0] === hash) return;
  store.put('marks', key, { hashes: [hash, ...known.filter((other) => other !== hash)].slice(0, most) });
}
