import { isDamage, beginAnew, openSound, type StoreListener } from './opening';
import { cacheFolder } from './cacheFolder';
import { compact } from './compaction';
import { NoLmdbError } from './lmdb';
import { tables, type Environment, type Place, type Table } from './environment';

const secondsBetweenRetries = 30;

/**
 * Tables of records in an LMDB file that several processes may have open at once. Each record has a checksum; one that
 * was damaged counts as missing.
 *
 * Writes wait in memory, where reads see them, until `flush` commits all of them in one transaction: a process that is
 * killed leaves the last commit, never half of a record. Commits are synchronous because a failed asynchronous commit
 * of lmdb-js also rejects promises that nobody can catch. While the disk is full, writes stay in memory and are tried
 * again later. Where nothing can be written at all, the store is in memory, and keeps neither embeddings nor tracks.
 */
export class Store {
  private readonly waiting = new Map<string, readonly [Place, unknown]>();
  private readonly closing: Promise<void>[] = [];
  private failedAt: number | null = null;
  private retry: NodeJS.Timeout | undefined;
  private toldOfDamage = false;
  private environment: Environment | null = null;

  private constructor(
    private readonly folder: string,
    private readonly listener: StoreListener,
  ) {}

  /** Opens the store in a folder, which is made if need be. A damaged one is moved aside and a new one begun. */
  static open(storage: string, listener: StoreListener): Store {
    const store = new Store(cacheFolder(storage), listener);
    store.openOrLiveInMemory(() => openSound(store.folder, listener));
    return store;
  }

  /** Makes the file of a store that nobody uses smaller, if that is worth it; to be called before it is opened. */
  static async compact(storage: string, { note }: Pick<StoreListener, 'note'>): Promise<void> {
    const folder = cacheFolder(storage);
    try {
      if (await compact(folder)) note(`The cache in ${folder} was made smaller.`);
    } catch (error) {
      note(`The cache in ${folder} could not be made smaller (${String(error)}).`);
    }
  }

  /** Whether it is in a file, and not only in memory. */
  get isKept(): boolean {
    return this.environment !== null;
  }

  get(table: Table, key: string): unknown {
    const waiting = this.waiting.get(nameOf(table, key));
    if (waiting !== undefined) return waiting[1];
    const found = this.read((environment) => environment.get({ table, key }));
    if (found?.kind === 'damaged') this.tellOfDamage();
    return found?.kind === 'value' ? found.value : undefined;
  }

  put(table: Table, key: string, value: object): void {
    if (this.environment === null && (table === 'embeddings' || table === 'tracks')) return;
    this.waiting.set(nameOf(table, key), [{ table, key }, value]);
  }

  remove(table: Table, key: string): void {
    this.waiting.set(nameOf(table, key), [{ table, key }, undefined]);
  }

  /** Every key of a table. */
  keys(table: Table): string[] {
    const keys = new Set(this.read((environment) => [...environment.keys(table)]));
    for (const [place, value] of this.waiting.values()) {
      if (place.table !== table) continue;
      if (value === undefined) keys.delete(place.key);
      else keys.add(place.key);
    }
    return [...keys];
  }

  /** About how many records a table has, without reading them. */
  count(table: Table): number {
    return this.read((environment) => environment.count(table)) ?? 0;
  }

  /** How many writes wait for `flush`. */
  get pending(): number {
    return this.waiting.size;
  }

  /** Commits what waits. A failure is told to the listener, and tried again after half a minute. */
  flush(): void {
    if (this.failedAt !== null && performance.now() - this.failedAt < secondsBetweenRetries * 1000) return;
    this.commit();
  }

  /** Forgets everything. */
  clear(): void {
    this.waiting.clear();
    for (const table of tables) for (const key of this.keys(table)) this.remove(table, key);
    this.flush();
    if (this.environment === null) this.waiting.clear();
  }

  /** Commits what waits and closes the file. */
  async close(): Promise<void> {
    clearTimeout(this.retry);
    this.commit();
    clearTimeout(this.retry);
    await Promise.all([...this.closing, this.environment?.close()]);
  }

  private commit(): void {
    if (this.environment === null || this.waiting.size === 0) return;
    try {
      this.prepared(this.environment).commit(this.waiting.values());
      this.waiting.clear();
      if (this.failedAt !== null) this.listener.problem(null);
      this.failedAt = null;
    } catch (error) {
      const isNew = this.failedAt === null;
      this.failedAt = performance.now();
      this.retryLater();
      if (!isNew) return;
      this.listener.problem(
        `The cache in ${this.folder} could not be written (${String(error)}). ` +
          'Search goes on with what is in memory; free some disk space to keep it for the next start.',
      );
    }
  }

  /** What comes next may be a long time off. */
  private retryLater(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.commit();
    }, secondsBetweenRetries * 1000).unref();
  }

  /** The environment as it can be written to: after a failed write LMDB refuses all others until it is opened anew. */
  private prepared(environment: Environment): Environment {
    const isInPlace = environment.isInPlace;
    if (isInPlace && this.failedAt === null) return environment;
    if (!isInPlace) this.listener.note(`The cache in ${this.folder} was removed while it was used; it is made again.`);
    this.closing.push(environment.close());
    return (this.environment = openSound(this.folder, this.listener));
  }

  /** @returns `undefined` where there is nothing to read from */
  private read<T>(work: (environment: Environment) => T): T | undefined {
    if (this.environment === null) return undefined;
    try {
      return work(this.environment);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.closing.push(this.environment.close());
      this.openOrLiveInMemory(() => {
        beginAnew(this.folder, String(error), this.listener);
        return openSound(this.folder, this.listener);
      });
      return undefined;
    }
  }

  private openOrLiveInMemory(open: () => Environment): void {
    try {
      this.environment = open();
    } catch (error) {
      this.environment = null;
      this.listener.problem(this.inMemoryBecause(error));
    }
  }

  private inMemoryBecause(error: unknown): string {
    const again = 'Search works, but everything is indexed again at the next start';
    if (error instanceof NoLmdbError) return `${error.message} ${again}.`;
    return `The cache in ${this.folder} cannot be used (${String(error)}). ${again}; make the folder writable to keep the index.`;
  }

  private tellOfDamage(): void {
    if (this.toldOfDamage) return;
    this.toldOfDamage = true;
    this.listener.note(`A record of the cache in ${this.folder} was damaged; what it held is made again.`);
  }
}

function nameOf(table: Table, key: string): string {
  return `${table}\u0000${key}`;
}
