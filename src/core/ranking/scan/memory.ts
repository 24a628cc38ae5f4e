import { ScanHelper } from './helper';
import { kernelsOn, type Kernels } from './kernels';

/** The unit in which memory grows, and in which places are given out. */
export const page = 65_536;

/** 4 GB, but for what would make the memory's length more than 32 bits. */
const mostPages = 65_535;

/** A place in a memory that is in use. */
export interface Region {
  readonly memory: RowMemory;
  readonly address: number;
  readonly bytes: number;
  /** Whether nobody has written there yet, so that it holds zeros. */
  readonly isFresh: boolean;
}

/** A free place, in pages. */
interface Extent {
  start: number;
  pages: number;
}

/** One WebAssembly memory, which threads can share: rows of galleries, and room for what a scan computes. */
export class RowMemory {
  readonly kernels: Kernels;
  /** Sorted, and no two touch. */
  private readonly free: Extent[] = [];
  private pages = 1;
  private room: Region | null = null;

  constructor(
    readonly memory: WebAssembly.Memory,
    private readonly mostPages: number,
  ) {
    this.kernels = kernelsOn(memory);
  }

  /** The memory's bytes in use, and those that it holds. */
  get usage(): { readonly used: number; readonly held: number } {
    const free = this.free.reduce((sum, { pages }) => sum + pages, 0);
    return { used: (this.pages - free) * page, held: this.pages * page };
  }

  /** The first free place that is large enough, or new memory, or `null` where there is neither. */
  allocate(bytes: number): Region | null {
    const pages = Math.ceil(bytes / page);
    const at = this.free.findIndex((extent) => extent.pages >= pages);
    const extent = this.free[at];
    if (extent === undefined) return this.grown(pages);
    const region = { memory: this, address: extent.start * page, bytes: pages * page, isFresh: false };
    extent.start += pages;
    extent.pages -= pages;
    if (extent.pages === 0) this.free.splice(at, 1);
    return region;
  }

  release({ address, bytes }: Region): void {
    const start = address / page;
    const pages = bytes / page;
    const found = this.free.findIndex((extent) => extent.start > start);
    const at = found < 0 ? this.free.length : found;
    const before = this.free[at - 1];
    const after = this.free[at];
    const extent = { start, pages };
    const touchesBefore = before !== undefined && before.start + before.pages === start;
    const touchesAfter = after !== undefined && start + pages === after.start;
    if (touchesBefore) {
      extent.start = before.start;
      extent.pages += before.pages;
    }
    if (touchesAfter) extent.pages += after.pages;
    this.free.splice(at - Number(touchesBefore), Number(touchesBefore) + Number(touchesAfter), extent);
  }

  /** Room for a scan, which all galleries use in turn, of at least so many bytes; `null` where there is not enough. */
  roomOf(bytes: number): Region | null {
    const old = this.room;
    if (old !== null && old.bytes >= bytes) return old;
    const larger = this.allocate(Math.max(bytes, 1.5 * (old?.bytes ?? 0))) ?? this.allocate(bytes);
    if (larger === null) return null;
    if (old !== null) this.release(old);
    this.room = larger;
    return larger;
  }

  /** @throws RangeError when the system refuses more memory */
  private grown(pages: number): Region | null {
    if (this.pages + pages > this.mostPages) return null;
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw outOfMemory(cause);
    }
    const region = { memory: this, address: this.pages * page, bytes: pages * page, isFresh: true };
    this.pages += pages;
    return region;
  }
}

/** The memories of all galleries of an engine: a second one where the first is full. */
export class RowMemories {
  private readonly all: RowMemory[] = [];

  /** @param mostPages of one memory; @param most how many memories there may be; @param helper shares the scans */
  constructor(
    private readonly mostPagesEach = mostPages,
    private readonly most = 64,
    readonly helper = new ScanHelper(),
  ) {}

  get usage(): { readonly used: number; readonly held: number } {
    const each = this.all.map(({ usage }) => usage);
    return {
      used: each.reduce((sum, { used }) => sum + used, 0),
      held: each.reduce((sum, { held }) => sum + held, 0),
    };
  }

  /**
   * A place for rows in the first memory that has one.
   * @param after no memory before this one
   * @param room bytes that a scan needs there
   * @throws RangeError when there is none
   */
  allocate(bytes: number, room: number, after: RowMemory | undefined): Region {
    if (Math.ceil(bytes / page) + Math.ceil(room / page) >= this.mostPagesEach) throw outOfMemory();
    for (let i = after === undefined ? 0 : this.all.indexOf(after); i < this.most; i++) {
      const memory = this.all[i] ?? this.another();
      const region = memory.roomOf(room) === null ? null : memory.allocate(bytes);
      if (region !== null) return region;
    }
    throw outOfMemory();
  }

  private another(): RowMemory {
    try {
      const memory = new WebAssembly.Memory({ initial: 1, maximum: this.mostPagesEach, shared: true });
      const made = new RowMemory(memory, this.mostPagesEach);
      this.all.push(made);
      return made;
    } catch (cause) {
      throw outOfMemory(cause);
    }
  }
}

function outOfMemory(cause?: unknown): RangeError {
  return new RangeError('There is not enough memory for more embeddings.', { cause });
}
