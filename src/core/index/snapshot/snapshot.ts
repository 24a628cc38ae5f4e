import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeWhole } from '../../files/writeWhole';
import { openIfThere } from '../../files/openToRead';
import { cacheFolder } from '../store/cacheFolder';
import { keyOf, rememberedFile, type RememberedFile } from '../store/records';
import type { Store } from '../store/store';
import { DamagedBlocksError, packBlock, unpackBlocks } from './blocks';

const head = v.object({ identity: v.string(), id: v.string() });
const body = v.array(rememberedFile);
const end = v.object({ files: v.number() });

const markKey = keyOf('snapshot');
const mark = v.object({ id: v.string() });

/** A block ends when it has about so many bytes: whoever writes or reads one lets others work in between. */
const blockBytes = 2 ** 20;

/** What a sequence takes beside its embedding, about. */
const besideBytes = 500;

/**
 * A copy of what a start needs of the store, in one file that is read from end to end. Without it every record of every file
 * is looked up. The store names the snapshot that was made of it, so that one of another store is never taken for it. What
 * it says of a file holds only if the file is as it was then.
 */
export class Snapshot {
  private readonly path: string;

  /** @param identity what everything in it depends on: of another one nothing is read */
  constructor(
    storage: string,
    private readonly store: Store,
    private readonly identity: string,
  ) {
    this.path = join(cacheFolder(storage), 'snapshot');
  }

  /**
   * What was written last, in parts, whose bytes hold what they do until the next part is asked for; nothing if that was for
   * another identity or another store.
   * @throws DamagedBlocksError once it finds that it is not whole, and the errors of the file system
   */
  async *read(): AsyncGenerator<readonly RememberedFile[], void> {
    const written = this.store.get('marks', markKey);
    const file = v.is(mark, written) ? await openIfThere(this.path) : null;
    if (file === null || !v.is(mark, written)) return;
    try {
      const blocks = unpackBlocks(file);
      const first = await blocks.next();
      if (first.done !== true && !this.isOurs(first.value, written.id)) return;
      let files = 0;
      let isWhole = false;
      for await (const block of blocks) {
        isWhole = v.is(end, block) && block.files === files;
        if (isWhole) continue;
        // Taken as it is: a copy of a hundred thousand files would take as long as all else.
        if (!v.is(body, block)) throw new DamagedBlocksError('a block is of no known form');
        files += block.length;
        yield block;
      }
      if (!isWhole) throw new DamagedBlocksError('its end is missing');
    } finally {
      await file.close();
    }
  }

  /** Takes the place of what was written before, once it is whole. @throws the error of the file system */
  async write(files: Iterable<RememberedFile>, signal: AbortSignal): Promise<void> {
    const id = randomUUID();
    await writeWhole(this.path, blocksOf({ identity: this.identity, id }, files, signal));
    this.store.put('marks', markKey, { id });
    this.store.flush();
  }

  private isOurs(block: unknown, id: string): boolean {
    return v.is(head, block) && block.identity === this.identity && block.id === id;
  }
}

function* blocksOf(
  first: v.InferOutput<typeof head>,
  files: Iterable<RememberedFile>,
  signal: AbortSignal,
): Generator<Uint8Array, void> {
  let place = 0;
  yield* packBlock(place++, first);
  let count = 0;
  let part: RememberedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    signal.throwIfAborted();
    part.push(file);
    count++;
    for (const { values } of file.embedded) bytes += values.length + besideBytes;
    if (bytes < blockBytes) continue;
    yield* packBlock(place++, part);
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield* packBlock(place++, part);
  yield* packBlock(place++, { files: count } satisfies v.InferOutput<typeof end>);
}
