import { Store } from '../../core/index/store/store';
import { reading, recordCount, write, type Reading } from './records';

/** What a process that opened a cache says of it. */
export interface Verdict extends Reading {
  /** Whether it told the user or the log that something is wrong. */
  readonly told: boolean;
  /** Whether what it then wrote is there after opening the cache again. */
  readonly keeps: boolean;
}

async function verdictOn(storage: string): Promise<Verdict> {
  let told = false;
  const tell = () => {
    told = true;
  };
  const store = Store.open(storage, { problem: tell, note: tell });
  const read = reading(store, 0, recordCount);
  write(store, 0, recordCount / 4);
  for (const key of store.keys('embeddings').slice(0, 50)) store.remove('embeddings', key);
  write(store, recordCount, recordCount + 50);
  await store.close();
  const again = Store.open(storage, { problem: tell, note: tell });
  const kept = reading(again, recordCount, recordCount + 50);
  await again.close();
  return { ...read, told, keeps: kept.found === 50 };
}

process.on('message', (storage: string) => {
  verdictOn(storage).then(
    (verdict) => process.send?.(verdict),
    (error: unknown) => {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});
