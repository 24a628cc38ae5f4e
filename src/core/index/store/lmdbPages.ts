import { largest } from '../../recordings/extremes';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** The bytes before what a page holds, and before a node's key. */
export const pageHeader = 24;
export const nodeHeader = 8;

const magic = 0xbeefc0de;
const dataVersion = 2;
const treeBytes = 48;
const metaBytes = pageHeader + 24 + 2 * treeBytes + 24;
const pageSizes = [4096, 8192, 16_384, 32_768, 65_536];
const unflushed = 0x1000;
const noPage = 0xffff_ffff_ffff_ffffn;

export const pageFlags = { branch: 1, leaf: 2, overflow: 4, meta: 8 } as const;
export const nodeFlags = { big: 1, tree: 2 } as const;

/** What a page of LMDB says of one of its trees; the root is `null` for an empty one. */
export interface Tree {
  readonly flags: number;
  readonly depth: number;
  readonly branches: number;
  readonly leaves: number;
  readonly overflows: number;
  readonly entries: number;
  readonly root: number | null;
}

/** The beginning of a snapshot. */
export interface Meta {
  readonly pageSize: number;
  readonly mapSize: number;
  /** The pages that no tree uses, and the trees by their names. */
  readonly free: Tree;
  readonly main: Tree;
  readonly lastPage: number;
  readonly transaction: number;
  /** The start of the machine in which it was written, and whether it may not be on the disk yet. */
  readonly boot: bigint;
  readonly isUnflushed: boolean;
}

/** Damage to a file of LMDB; the message ends the sentence "it is damaged: ...". */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/** @throws PageError unless it holds */
export function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new PageError(what);
}

/**
 * A file of LMDB as it lies on the disk, read without LMDB, which does not survive a damaged one. The form is that of
 * lmdb-js 3 (LMDB 0.9.90, `MDB_DATA_VERSION` 2) on a little-endian machine of 64 bits.
 */
export class PageFile {
  private constructor(private readonly handle: number) {}

  /** Hands the file to `use`. @throws the error of the file system */
  static with<T>(path: string, use: (file: PageFile) => T): T {
    const handle = openSync(path, 'r');
    try {
      return use(new PageFile(handle));
    } finally {
      closeSync(handle);
    }
  }

  get length(): number {
    return fstatSync(this.handle).size;
  }

  /** What changes with every commit. */
  head(): Buffer {
    return this.read(0, Math.min(this.length, 2 * largest(pageSizes)));
  }

  /** @returns `length` bytes @throws PageError where the file ends before */
  read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    this.readInto(bytes, at);
    return bytes;
  }

  /** Fills a buffer. @throws PageError where the file ends before */
  readInto(bytes: Buffer, at: number): void {
    expect(readSync(this.handle, bytes, 0, bytes.length, at) === bytes.length, 'it is cut off');
  }

  /**
   * The snapshots of which LMDB will open one. Transaction t is written to meta page t % 2. Where commits are flushed
   * later, the middle of the first page says what was flushed last, to which LMDB goes back after another boot.
   * @throws PageError
   */
  snapshots(): readonly Meta[] {
    const first = soundMeta(this.read(0, metaBytes), 0);
    const second = soundMeta(this.read(first.pageSize, metaBytes), 1);
    expect(first.pageSize === second.pageSize, 'its pages have two sizes');
    const latest = first.transaction >= second.transaction ? first : second;
    const number = latest === first ? 0 : 1;
    expect(latest.transaction === 0 || latest.transaction % 2 === number, 'its first pages are out of order');
    const flushed = metaIn(this.read(first.pageSize / 2, metaBytes));
    expect(flushed.transaction <= latest.transaction, 'its first page is damaged');
    if (!latest.isUnflushed) return [latest];
    const boot = currentBoot();
    const safe = { ...earlier(earlier(first, second), flushed), pageSize: first.pageSize };
    if (boot === null) return [latest, safe];
    return [latest.boot === boot ? latest : safe];
  }
}

/** Which of two snapshots LMDB (`mdb_pick_meta`) takes after another boot. */
function earlier(a: Meta, b: Meta): Meta {
  const [older, newer] = a.transaction > b.transaction ? [b, a] : [a, b];
  return b.transaction === 0 ? a : newer.isUnflushed ? older : newer;
}

/** What tells this start of the machine from others, as LMDB has it; `null` where it is not to be had. */
function currentBoot(): bigint | null {
  const source = '/proc/sys/kernel/random/boot_id';
  if (process.platform !== 'linux' || !existsSync(source)) return null;
  return BigInt(`0x${readFileSync(source, 'latin1').slice(0, 8)}`);
}

function soundMeta(page: Buffer, number: number): Meta {
  expect(page.readUInt32LE(pageHeader) === magic, 'it is not a database');
  expect(page.readUInt32LE(pageHeader + 4) === dataVersion, 'it is of another version');
  expect(page.readUInt16LE(18) === pageFlags.meta && numberAt(page, 0) === number, 'its first pages are damaged');
  const meta = metaIn(page);
  expect(pageSizes.includes(meta.pageSize), 'its pages have an impossible size');
  // LMDB reserves address space for the whole map.
  expect(meta.mapSize <= 2 ** 46 && meta.mapSize % 4096 === 0, 'its first pages are damaged');
  return meta;
}

function metaIn(page: Buffer): Meta {
  const trees = pageHeader + 24;
  const end = trees + 2 * treeBytes;
  const { flags, ...free } = treeAt(page, trees);
  return {
    pageSize: page.readUInt32LE(trees),
    mapSize: numberAt(page, pageHeader + 16),
    free: { ...free, flags: flags & ~unflushed },
    main: treeAt(page, trees + treeBytes),
    lastPage: numberAt(page, end),
    transaction: numberAt(page, end + 8),
    boot: page.readBigInt64LE(end + 16),
    isUnflushed: (flags & unflushed) !== 0,
  };
}

/** @throws PageError */
export function treeAt(bytes: Buffer, at: number): Tree {
  return {
    flags: bytes.readUInt16LE(at + 4),
    depth: bytes.readUInt16LE(at + 6),
    branches: numberAt(bytes, at + 8),
    leaves: numberAt(bytes, at + 16),
    overflows: numberAt(bytes, at + 24),
    entries: numberAt(bytes, at + 32),
    root: bytes.readBigUInt64LE(at + 40) === noPage ? null : numberAt(bytes, at + 40),
  };
}

/** A number of 64 bits. @throws PageError for one that no sound file has */
export function numberAt(bytes: Buffer, at: number): number {
  const high = bytes.readUInt32LE(at + 4);
  expect(high < 2 ** 20, 'it holds an impossible number');
  return high * 2 ** 32 + bytes.readUInt32LE(at);
}
