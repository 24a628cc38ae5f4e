import type { StoreListener } from '../core/index/store/opening';
import { adopt } from '../core/index/store/owner';
import { Store } from '../core/index/store/store';
import type { OpenParams } from '../protocol/engine';

/** The store of a workspace, which belongs to its folders from now on. */
export async function openStore({ folders, storage }: OpenParams, listener: StoreListener): Promise<Store> {
  await Store.compact(storage, listener);
  const store = Store.open(storage, listener);
  adopt(
    store,
    folders.map(({ path }) => path),
  );
  return store;
}
