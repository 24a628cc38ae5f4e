import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { openIfThere } from '../../core/files/openToRead';
import { writeWhole } from '../../core/files/writeWhole';
import { DamagedBlocksError, packBlock, unpackBlocks } from '../../core/index/snapshot/blocks';
import type { Row } from './connection';
import { beginning, type Cursor, type Step } from './following';
import type { RowPage } from './teamRows';

/** Grows when the meaning of what is written changes. */
const form = 1;

const counted = v.pipe(v.number(), v.safeInteger());
const cursor = v.object({ scales: counted, embeddings: counted, recordings: counted });
const head = v.object({ form: v.literal(form), index: v.string(), encoder: v.string(), from: cursor, to: cursor });
// Each row is looked at when it is taken: a schema for its fields would take as long as all else.
const rows = v.custom<readonly Row[]>((input) => Array.isArray(input) && input.every(isObject), 'not a list of rows');
const page = v.object({ scales: rows, embeddings: rows, recordings: rows });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

type Head = v.InferOutput<typeof head>;

/** A part is written when it has about so many bytes. */
const partBytes = 64 * 2 ** 20;

/** What a row takes beside its embedding, about. */
const besideBytes = 500;

/** So many small parts are joined into one. */
const mostSmallParts = 16;
const smallBytes = partBytes / 4;

interface Part {
  readonly name: string;
  readonly head: Head;
  readonly bytes: number;
}

/**
 * The rows of a team's index as this machine has followed them, in files that are read from end to end. Each part says from
 * which cursor to which it leads, and counts only where it goes on from the part before: what is damaged, or was written by two
 * processes at once, is asked of the server again.
 */
export class LocalCopy {
  private parts: Part[] = [];
  private waiting: Step[] = [];
  private waitingBytes = 0;

  private constructor(
    private readonly folder: string,
    private index: string | null,
    private readonly encoder: string,
  ) {}

  /**
   * Reads what is there of an index and an encoder; what is of others is removed.
   * @param index which it is, or `null` where the server cannot say so, for whichever is there
   * @param encoder stands for it
   * @param take given the rows, whose bytes hold what they do until it returns
   */
  static async open(
    folder: string,
    index: string | null,
    encoder: string,
    take: (page: RowPage) => void,
  ): Promise<LocalCopy> {
    await mkdir(folder, { recursive: true });
    const copy = new LocalCopy(folder, index, encoder);
    const names = (await readdir(folder)).filter((name) => /^\d{6}\.rows$/.test(name)).sort();
    let broken = false;
    for (const name of names) {
      broken ||= !(await copy.read(name, take));
      // Without the server, another encoder's copy is not to be lost.
      if (broken && index !== null) await rm(join(folder, name), { force: true });
    }
    return copy;
  }

  /** Up to where it leads. */
  get cursor(): Cursor {
    return this.parts.at(-1)?.head.to ?? beginning;
  }

  /** Keeps a step, which is written with those after it. */
  async add(step: Step): Promise<void> {
    this.waiting.push(step);
    for (const { bytes } of step.page.embeddings) this.waitingBytes += bytes instanceof Uint8Array ? bytes.length : 0;
    this.waitingBytes += besideBytes * (step.page.embeddings.length + step.page.recordings.length);
    if (this.waitingBytes > partBytes) await this.flush();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const steps = this.waiting;
    const [first] = steps;
    const last = steps.at(-1);
    if (first === undefined || last === undefined || this.index === null) return;
    const { index, encoder } = this;
    const part = { form, index, encoder, from: first.from, to: last.to } as const;
    await this.write(
      part,
      steps.map((step) => step.page),
      this.waitingBytes,
    );
    this.waiting = [];
    this.waitingBytes = 0;
    if (this.smallAtEnd().length > mostSmallParts) await this.join();
  }

  private async write(part: Head, pages: readonly RowPage[], bytes: number): Promise<void> {
    const last = this.parts.at(-1)?.name ?? '000000';
    const name = `${String(Number(last.slice(0, 6)) + 1).padStart(6, '0')}.rows`;
    await writeWhole(join(this.folder, name), blocksOf(part, pages));
    this.parts.push({ name, head: part, bytes });
  }

  /** Makes one part of the small ones at the end. What is said there of the same row holds as before, being later. */
  private async join(): Promise<void> {
    const small = this.smallAtEnd();
    const [first] = small;
    const last = small.at(-1);
    if (first === undefined || last === undefined) return;
    const pages: RowPage[] = [];
    for (const { name } of small) {
      await readPart(
        join(this.folder, name),
        () => true,
        (each) => {
          pages.push(copied(each));
        },
      );
    }
    const bytes = small.reduce((sum, each) => sum + each.bytes, 0);
    const name = first.name;
    const whole = { ...first.head, to: last.head.to };
    // The first is replaced at once: until the others are gone, they do not go on from it, and are not read.
    await writeWhole(join(this.folder, name), blocksOf(whole, pages));
    for (const each of small.slice(1)) await rm(join(this.folder, each.name), { force: true });
    this.parts = [...this.parts.slice(0, this.parts.length - small.length), { name, head: whole, bytes }];
  }

  private smallAtEnd(): readonly Part[] {
    const large = this.parts.findLastIndex(({ bytes }) => bytes >= smallBytes);
    return this.parts.slice(large + 1);
  }

  private isOurs({ index, encoder }: Head): boolean {
    return encoder === this.encoder && index === (this.index ?? index);
  }

  /** @returns whether it goes on from what was read before */
  private async read(name: string, take: (page: RowPage) => void): Promise<boolean> {
    let bytes = 0;
    try {
      const found = await readPart(
        join(this.folder, name),
        (part) => isSame(part.from, this.cursor) && this.isOurs(part),
        (each) => {
          for (const row of each.embeddings) bytes += row['bytes'] instanceof Uint8Array ? row['bytes'].length : 0;
          bytes += besideBytes * (each.embeddings.length + each.recordings.length);
          take(each);
        },
      );
      if (found === null) return false;
      this.index = found.index;
      this.parts.push({ name, head: found, bytes });
      return true;
    } catch (error) {
      if (error instanceof DamagedBlocksError) return false;
      throw error;
    }
  }
}

/**
 * Reads a part.
 * @returns `null` for one that is not accepted, of which nothing is taken
 * @throws DamagedBlocksError
 */
async function readPart(
  path: string,
  accepts: (part: Head) => boolean,
  take: (page: RowPage) => void,
): Promise<Head | null> {
  const file = await openIfThere(path);
  if (file === null) return null;
  try {
    let found: Head | null = null;
    for await (const block of unpackBlocks(file)) {
      if (found === null) {
        if (!v.is(head, block) || !accepts(block)) return null;
        found = block;
      } else {
        if (!v.is(page, block)) throw new DamagedBlocksError('a block is of no known form');
        take(block);
      }
    }
    return found;
  } finally {
    await file.close();
  }
}

function* blocksOf(part: Head, pages: readonly RowPage[]): Generator<Uint8Array, void> {
  let place = 0;
  yield* packBlock(place++, part);
  for (const { scales, embeddings, recordings } of pages) {
    yield* packBlock(place++, { scales: [...scales], embeddings: [...embeddings], recordings: [...recordings] });
  }
}

/** Rows that hold what they do. */
function copied({ scales, embeddings, recordings }: RowPage): RowPage {
  const own = embeddings.map((row) =>
    row['bytes'] instanceof Uint8Array ? { ...row, bytes: row['bytes'].slice() } : row,
  );
  return { scales, embeddings: own, recordings };
}

function isSame(a: Cursor, b: Cursor): boolean {
  return a.scales === b.scales && a.embeddings === b.embeddings && a.recordings === b.recordings;
}
