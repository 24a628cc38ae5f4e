import {
  expect,
  nodeFlags,
  nodeHeader,
  numberAt,
  PageError,
  pageFlags,
  PageFile,
  pageHeader,
  treeAt,
} from './lmdbPages';
import type { Meta, Tree } from './lmdbPages';

const overflowBytes = 24;
const treeBytes = 48;
const integerKeys = 8;
const metaPages = 2;
const attempts = 5;

/** How much of a file is in use. */
export interface Usage {
  readonly pageSize: number;
  readonly pages: number;
  readonly free: number;
}

/**
 * Whether LMDB can open and read a file without harm: every page of every tree is where it should be, once, of its kind,
 * holds sound nodes in order, and the counts are right; no free page is in use. What the records hold is not looked at.
 *
 * Another process may write meanwhile; then there is a newer snapshot, which is looked at instead.
 * @returns `null` for a file that is empty, or that another process goes on writing
 * @throws PageError, and the error of the file system
 */
export function checkFile(path: string): Usage | null {
  return PageFile.with(path, (file) => {
    for (let attempt = 0; attempt < attempts && file.length > 0; attempt++) {
      const head = file.head();
      try {
        const usages = file.snapshots().map((meta) => new Snapshot(file, meta).check());
        return usages[0] ?? null;
      } catch (error) {
        if (!(error instanceof PageError) || file.head().equals(head)) throw error;
      }
    }
    return null;
  });
}

/** How much of a sound file is in use. @throws PageError, and the error of the file system */
export function usageOf(path: string): Usage | null {
  return PageFile.with(path, (file) => {
    const [meta] = file.length === 0 ? [] : file.snapshots();
    return meta === undefined ? null : new Snapshot(file, meta).usage();
  });
}

interface Node {
  readonly key: Buffer;
  readonly flags: number;
  /** Of the data of a leaf. */
  readonly size: number;
  readonly data: Buffer;
  /** Of a branch. */
  readonly child: number;
}

interface Counts {
  branches: number;
  leaves: number;
  overflows: number;
  entries: number;
}

/** What one tree is walked with; `last` is the greatest key so far. */
interface Walk {
  readonly tree: Tree;
  readonly counts: Counts;
  readonly leaf: (node: Node) => void;
  last: Buffer | null;
}

class Snapshot {
  private readonly used: Uint8Array;
  private readonly length: number;
  private readonly head = Buffer.alloc(pageHeader);
  private free = 0;

  constructor(
    private readonly file: PageFile,
    private readonly meta: Meta,
  ) {
    const pages = meta.lastPage + 1;
    this.length = file.length;
    // Pages at the end that are free need not be in the file.
    expect(pages >= metaPages && pages <= 2 * (this.length / meta.pageSize) + 2 ** 16, 'it is cut off');
    this.used = new Uint8Array(pages);
  }

  check(): Usage {
    const { free, main } = this.meta;
    expect(free.flags === integerKeys && main.flags === 0, 'its first pages are damaged');
    this.walk(main, (node) => {
      expect(node.flags === nodeFlags.tree && node.size === treeBytes, 'its list of tables is damaged');
      const tree = treeAt(node.data, 0);
      expect(tree.flags === 0, 'a table is damaged');
      this.walk(tree, ({ key }) => {
        expect(isText(key), 'a key is damaged');
      });
    });
    return this.usage();
  }

  usage(): Usage {
    this.walk(this.meta.free, (node) => {
      this.countFree(node);
    });
    return { pageSize: this.meta.pageSize, pages: this.used.length, free: this.free };
  }

  private walk(tree: Tree, leaf: (node: Node) => void): void {
    const counts = { branches: 0, leaves: 0, overflows: 0, entries: 0 };
    const walk: Walk = { tree, counts, leaf, last: null };
    if (tree.root === null) expect(tree.depth === 0, 'an empty tree has pages');
    else this.page(walk, tree.root, 1, null);
    const same = (['branches', 'leaves', 'overflows', 'entries'] as const).every((of) => counts[of] === tree[of]);
    expect(same, 'its pages are not as many as it says');
  }

  /** @param least what no key of the page is smaller than */
  private page(walk: Walk, number: number, depth: number, least: Buffer | null): void {
    const { tree, counts } = walk;
    const { pageSize } = this.meta;
    this.take(number, 1);
    const page = this.file.read(number * pageSize, pageSize);
    const isLeaf = depth === tree.depth;
    const flags = page.readUInt16LE(18);
    expect(numberAt(page, 0) === number, 'a page is in the wrong place');
    this.dated(page);
    expect(depth <= tree.depth && flags === (isLeaf ? pageFlags.leaf : pageFlags.branch), 'a page is of another kind');
    if (isLeaf) counts.leaves++;
    else counts.branches++;
    for (const [i, node] of nodesIn(page, isLeaf).entries()) {
      if (isLeaf) this.entry(walk, node, i === 0 ? least : null);
      else {
        expect(i === 0 || this.follows(walk, node.key), 'its keys are out of order');
        this.page(walk, node.child, depth + 1, i === 0 ? least : node.key);
      }
    }
    // LMDB stops the process for a branch that has one child.
    expect(isLeaf || tree === this.meta.free || page.readUInt16LE(20) > 2, 'a page has too few nodes');
  }

  private entry(walk: Walk, node: Node, least: Buffer | null): void {
    const isAbove = least === null || this.compared(walk.tree, least, node.key) <= 0;
    expect(isAbove && this.follows(walk, node.key), 'its keys are out of order');
    walk.last = node.key;
    walk.counts.entries++;
    if ((node.flags & nodeFlags.big) !== 0) walk.counts.overflows += this.overflow(node);
    walk.leaf(node);
  }

  private follows({ tree, last }: Walk, key: Buffer): boolean {
    return last === null || this.compared(tree, last, key) < 0;
  }

  private compared(tree: Tree, a: Buffer, b: Buffer): number {
    return tree === this.meta.free ? numberAt(a, 0) - numberAt(b, 0) : Buffer.compare(a, b);
  }

  /** @returns how many pages the data of a node takes */
  private overflow({ data, size }: Node): number {
    const { pageSize } = this.meta;
    const [number, pages] = [numberAt(data, 0), numberAt(data, 16)];
    expect(pages === Math.floor((pageHeader - 1 + size) / pageSize) + 1, 'a record has the wrong length');
    this.take(number, pages);
    expect((number + pages) * pageSize <= this.length, 'it is cut off');
    const { head } = this;
    this.file.readInto(head, number * pageSize);
    const isSound =
      numberAt(head, 0) === number && head.readUInt16LE(18) === pageFlags.overflow && head.readUInt32LE(20) === pages;
    expect(isSound, 'a record is in the wrong place');
    this.dated(head);
    return pages;
  }

  /** A page of a transaction to come passes for one that LMDB has in memory, and it fails at every commit that frees it. */
  private dated(page: Buffer): void {
    expect(numberAt(page, 8) <= this.meta.transaction, 'a page is of a transaction to come');
  }

  private take(number: number, count: number): void {
    expect(number >= metaPages && number + count <= this.used.length, 'it asks for a page that it has not');
    for (let page = number; page < number + count; page++) {
      expect(this.used[page] === 0, 'a page is used twice');
      this.used[page] = 1;
    }
  }

  /** A record of free pages: how many numbers, then numbers; a negative one is the length of a run that follows. */
  private countFree({ key, data, flags, size }: Node): void {
    expect(key.length === 8, 'its list of free pages is damaged');
    const isBig = (flags & nodeFlags.big) !== 0;
    const list = isBig ? this.file.read(numberAt(data, 0) * this.meta.pageSize + pageHeader, size) : data;
    const count = numberAt(list, 0);
    expect(size % 8 === 0 && 8 * (count + 1) <= size, 'its list of free pages is damaged');
    for (let i = 1, run = 1; i <= count; i++) {
      const entry = list.readBigInt64LE(8 * i);
      if (entry < 0n) run = Number(-entry);
      else if (entry > 0n) {
        this.take(Number(entry), run);
        this.free += run;
        run = 1;
      }
    }
  }
}

/** The nodes of a page, which must lie in it. */
function nodesIn(page: Buffer, isLeaf: boolean): Node[] {
  const end = page.length - pageHeader;
  const [lower, upper] = [page.readUInt16LE(20), page.readUInt16LE(22)];
  expect(lower > 0 && lower % 2 === 0 && lower <= upper && upper <= end, 'a page is damaged');
  const nodes: Node[] = [];
  let bytes = 0;
  for (let at = 0; at < lower; at += 2) {
    const offset = page.readUInt16LE(pageHeader + at);
    expect(offset >= upper && offset + nodeHeader <= end, 'a page is damaged');
    const node = nodeAt(page, pageHeader + offset, isLeaf);
    bytes += 2 * Math.ceil((nodeHeader + node.key.length + node.data.length) / 2);
    nodes.push(node);
  }
  expect(bytes === end - upper, 'a page is damaged');
  return nodes;
}

function nodeAt(page: Buffer, at: number, isLeaf: boolean): Node {
  const [low, flags, keySize] = [page.readUInt32LE(at), page.readUInt16LE(at + 4), page.readUInt16LE(at + 6)];
  const known = isLeaf ? [0, nodeFlags.big, nodeFlags.tree].includes(flags) : flags === 0;
  expect(known, 'a node is damaged');
  const isBig = isLeaf && flags === nodeFlags.big;
  const dataSize = isLeaf ? (isBig ? overflowBytes : low) : 0;
  const data = at + nodeHeader + keySize;
  expect(data + dataSize <= page.length, 'a node is damaged');
  return {
    key: page.subarray(at + nodeHeader, data),
    flags,
    size: low,
    data: page.subarray(data, data + dataSize),
    child: low,
  };
}

/** Keys are text, except where LMDB keeps a zero at the end. */
function isText(key: Buffer): boolean {
  return key.length > 0 && key.every((byte, i) => (byte > 31 && byte < 127) || (byte === 0 && i === key.length - 1));
}
