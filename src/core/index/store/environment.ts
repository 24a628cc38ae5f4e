import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { Database, RootDatabase } from 'lmdb';
import { codeOf } from '../../files/errorCode';
import { dataFile, lockFile } from './cacheFolder';
import { marked } from './damage';
import { lmdb } from './lmdb';
import { bytesOfCommit, makeRoom } from './room';
import { enter } from './users';
import { sealed, unsealed } from './checksum';

export const tables = ['files', 'surveys', 'embeddings', 'tracks', 'scales', 'marks'] as const;

export type Table = (typeof tables)[number];

/** Where a record is: its key, and the table in front of it. */
export interface Place {
  readonly table: Table;
  readonly key: string;
}

/** What was found at a place. */
export type Found = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'missing' | 'damaged' };

/** An open file of LMDB with the tables of the store, whose records have checksums. */
export class Environment {
  private readonly root: RootDatabase<Buffer, string>;
  private readonly databases: Readonly<Record<Table, Database<Buffer, string>>>;
  private readonly identity: string;
  private readonly leave: () => void;

  /** Opens the file in a folder, or makes one. @throws the errors of LMDB and of the file system */
  constructor(readonly folder: string) {
    this.leave = enter(folder);
    try {
      const { root, databases } = marked(folder, () => opened(folder));
      this.root = root;
      this.databases = databases;
      this.identity = identityOf(folder);
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  /** Whether the file is still where it was opened. */
  get isInPlace(): boolean {
    return identityOf(this.folder) === this.identity;
  }

  get({ table, key }: Place): Found {
    const bytes = this.databases[table].getBinaryFast(key);
    if (bytes === undefined) return { kind: 'missing' };
    const value = unsealed(nameOf({ table, key }), bytes);
    return value === undefined ? { kind: 'damaged' } : { kind: 'value', value };
  }

  keys(table: Table): Iterable<string> {
    return this.databases[table].getKeys();
  }

  count(table: Table): number {
    // `getCount` goes through all records.
    const { entryCount } = this.databases[table].getStats() as { readonly entryCount: number };
    return entryCount;
  }

  /**
   * Writes all of these at once, or nothing; `undefined` removes a record.
   * @throws the errors of LMDB and of the file system
   */
  commit(changes: Iterable<readonly [Place, unknown]>): void {
    const records = Array.from(
      changes,
      ([place, value]) => [place, value === undefined ? undefined : sealed(nameOf(place), value)] as const,
    );
    this.root.transactionSync(() => {
      makeRoom(this.folder, bytesOfCommit(records.map(([, bytes]) => bytes?.length ?? 0)));
      for (const [{ table, key }, bytes] of records) {
        if (bytes === undefined) this.databases[table].removeSync(key);
        else this.databases[table].putSync(key, bytes);
      }
    });
  }

  /** Writes what is in use into an empty folder, in as few pages as possible. */
  copyTo(folder: string): Promise<void> {
    return this.root.backup(folder, true);
  }

  async close(): Promise<void> {
    await this.root.close();
    this.leave();
  }
}

interface Opened {
  readonly root: RootDatabase<Buffer, string>;
  readonly databases: Readonly<Record<Table, Database<Buffer, string>>>;
}

function opened(folder: string): Opened {
  if (!existsSync(dataFile(folder))) makeRoom(folder, bytesOfCommit([]));
  // LMDB ends the process over a lock that it may not use.
  for (const file of [dataFile(folder), lockFile(folder)]) {
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  }
  const root: RootDatabase<Buffer, string> = lmdb().open({ path: folder, maxDbs: tables.length + 1 });
  const database = (name: Table): Database<Buffer, string> => root.openDB({ name, encoding: 'binary' });
  return {
    root,
    databases: {
      files: database('files'),
      surveys: database('surveys'),
      embeddings: database('embeddings'),
      tracks: database('tracks'),
      scales: database('scales'),
      marks: database('marks'),
    },
  };
}

function nameOf({ table, key }: Place): string {
  return `${table}\u0000${key}`;
}

/** What tells the file in a folder from any other that takes its place. */
function identityOf(folder: string): string {
  try {
    const { dev, ino } = statSync(dataFile(folder), { bigint: true });
    return `${dev}/${ino}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return 'gone';
    throw error;
  }
}
