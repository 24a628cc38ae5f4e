import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { damageOf, marked, moveAside } from './damage';

/** Grows when the meaning of stored records changes; the folder of an older one is left behind. */
const formatVersion = 1;

const tables = ['files', 'surveys', 'embeddings', 'scales', 'marks'] as const;

export type Table = (typeof tables)[number];

/** Told when writing begins to fail (a sentence for the user), and with `null` when it works again. */
export type ProblemListener = (problem: string | null) => void;

const secondsBetweenRetries = 30;
const separator = '\u0000';

/**
 * Tables of msgpack records in an LMDB file that several processes may have open at once.
 *
 * Writes wait in memory, where reads see them, until `flush` commits all of them in one transaction: a process that is
 * killed leaves the last commit, never half of a record. Commits are synchronous because a failed asynchronous commit
 * of lmdb-js also rejects promises that nobody can catch. While the disk is full, writes stay in memory and are tried
 * again later.
 */
export class Store {
  private readonly waiting = new Map<string, unknown>();
  private readonly closing: Promise<void>[] = [];
  private failedAt: number | null = null;

  private constructor(
    private readonly folder: string,
    private environment: Environment,
    private readonly onProblem: ProblemListener,
  ) {}

  /** Opens the store in a folder, which is made if need be. A damaged one is moved aside and a new one begun. */
  static open(folder: string, onProblem: ProblemListener): Store {
    const path = join(folder, `cache-${formatVersion}`);
    mkdirSync(path, { recursive: true });
    const damage = damageOf(path);
    if (damage !== null) {
      const aside = moveAside(path);
      onProblem(`The cache could not be used (${damage}); it is now ${aside}, and everything is indexed again.`);
    }
    return new Store(path, openEnvironment(path), onProblem);
  }

  get(table: Table, key: string): unknown {
    const name = table + separator + key;
    if (this.waiting.has(name)) return this.waiting.get(name);
    return this.environment.tables[table].get(key);
  }

  put(table: Table, key: string, value: object): void {
    this.waiting.set(table + separator + key, value);
  }

  remove(table: Table, key: string): void {
    this.waiting.set(table + separator + key, undefined);
  }

  /** Every key of a table. */
  keys(table: Table): string[] {
    const keys = new Set<string>(this.environment.tables[table].getKeys().map(String));
    for (const [name, value] of this.waiting) {
      const [inTable, key] = splitName(name);
      if (inTable !== table) continue;
      if (value === undefined) keys.delete(key);
      else keys.add(key);
    }
    return [...keys];
  }

  /** About how many records a table has, without reading them. */
  count(table: Table): number {
    return this.environment.tables[table].getCount();
  }

  /** How many writes wait for `flush`. */
  get pending(): number {
    return this.waiting.size;
  }

  /** Commits what waits. A failure is told to the listener, and tried again half a minute later at the earliest. */
  flush(): void {
    if (this.waiting.size === 0) return;
    if (this.failedAt !== null && Date.now() - this.failedAt < secondsBetweenRetries * 1000) return;
    try {
      // After a failed write LMDB refuses all others until the file is opened anew.
      if (this.failedAt !== null) this.reopen();
      this.commit();
      if (this.failedAt !== null) this.onProblem(null);
      this.failedAt = null;
    } catch (error) {
      this.failedAt = Date.now();
      this.onProblem(
        `The cache in ${this.folder} could not be written (${String(error)}). ` +
          'Search goes on with what is in memory; free some disk space to keep it for the next start.',
      );
    }
  }

  private reopen(): void {
    this.closing.push(this.environment.root.close());
    this.environment = openEnvironment(this.folder);
  }

  private commit(): void {
    const { root, tables: databases } = this.environment;
    root.transactionSync(() => {
      for (const [name, value] of this.waiting) {
        const [table, key] = splitName(name);
        if (value === undefined) databases[table].removeSync(key);
        else databases[table].putSync(key, value);
      }
    });
    this.waiting.clear();
  }

  /** Forgets everything. */
  clear(): void {
    this.waiting.clear();
    for (const table of tables) for (const key of this.keys(table)) this.remove(table, key);
    this.flush();
  }

  /** Commits what waits and closes the file. */
  async close(): Promise<void> {
    this.flush();
    await Promise.all([...this.closing, this.environment.root.close()]);
  }
}

interface Environment {
  readonly root: RootDatabase<unknown, string>;
  readonly tables: Readonly<Record<Table, ReturnType<RootDatabase<unknown, string>['openDB']>>>;
}

function openEnvironment(path: string): Environment {
  const root: RootDatabase<unknown, string> = marked(path, () => open({ path, maxDbs: tables.length + 1 }));
  const database = (name: Table) => root.openDB({ name });
  return {
    root,
    tables: {
      files: database('files'),
      surveys: database('surveys'),
      embeddings: database('embeddings'),
      scales: database('scales'),
      marks: database('marks'),
    },
  };
}

function splitName(name: string): [Table, string] {
  const at = name.indexOf(separator);
  return [name.slice(0, at) as Table, name.slice(at + 1)];
}
