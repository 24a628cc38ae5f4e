import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { openIfThere } from '../../core/files/openToRead';
import { writeWhole } from '../../core/files/writeWhole';
import { DamagedBlocksError, packBlock, unpackBlocks } from '../../core/index/snapshot/blocks';
import { cacheFolder } from '../../core/index/store/cacheFolder';
import { keyOf } from '../../core/index/store/records';
import type { KeptGraph } from '../../core/ranking/neighbours/growing';
import { neighboursKept } from '../../core/ranking/neighbours/graph';
import { NeighbourRows, none } from '../../core/ranking/neighbours/rows';

/** What is kept of an overview for the next session. */
export interface KeptOverview {
  readonly paused: boolean;
  readonly graph: KeptGraph;
  /** Of the graph's sequences, or `null` where there is no map that has settled. */
  readonly map: KeptMap | null;
}

export interface KeptMap {
  /** x and y of each sequence; not a number where it has no place. */
  readonly places: Float32Array;
  /** 1 for those that came after the map had settled. */
  readonly fresh: Uint8Array;
}

/** Grows when the form of the file changes. */
const form = 1;

const rowsOfBlock = 4096;

const bytes = v.custom<Uint8Array>((input) => input instanceof Uint8Array);
const head = v.object({
  form: v.literal(form),
  identity: v.string(),
  paused: v.boolean(),
  rows: v.number(),
  unoffered: v.array(v.string()),
  hasMap: v.boolean(),
});
const block = v.object({
  keys: v.array(v.string()),
  marks: bytes,
  stale: bytes,
  ids: bytes,
  distances: bytes,
  places: bytes,
  fresh: bytes,
});

const prefix = 'overview-';

/** The files of overviews, beside the cache. What they say of a sequence holds only if it is embedded as it was then. */
export class OverviewFiles {
  private readonly folder: string;

  /** @param identity what the distances depend on: each has files of its own */
  constructor(
    storage: string,
    private readonly identity: string,
  ) {
    this.folder = cacheFolder(storage);
  }

  /** @throws DamagedBlocksError when it is not whole, and the errors of the file system */
  async read(layout: string | null): Promise<KeptOverview | null> {
    return await readAt(this.pathOf(layout), (identity) => identity === this.identity);
  }

  /**
   * The last overview that was made by other distances, or `null`.
   * @throws DamagedBlocksError when it is not whole, and the errors of the file system
   */
  async before(layout: string | null): Promise<KeptOverview | null> {
    const [latest] = await this.others(layout);
    return latest === undefined ? null : await readAt(latest, (identity) => identity !== this.identity);
  }

  /** @throws the error of the file system */
  async write(layout: string | null, kept: KeptOverview): Promise<void> {
    // Nothing is kept of an empty one, unless somebody has paused it.
    if (kept.graph.keys.length === 0 && !kept.paused) await rm(this.pathOf(layout), { force: true });
    else await writeWhole(this.pathOf(layout), blocksOf(kept, this.identity));
    for (const path of (await this.others(layout)).slice(1)) await rm(path, { force: true });
  }

  /** Forgets all of them. @throws the error of the file system */
  async forget(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name.startsWith(prefix)) await rm(join(this.folder, name), { force: true });
    }
  }

  private pathOf(layout: string | null): string {
    return join(this.folder, `${nameOf(layout)}-${keyOf('overview', this.identity).slice(0, 12)}`);
  }

  /** The files of a layout that other distances have made, the latest first. */
  private async others(layout: string | null): Promise<readonly string[]> {
    const own = this.pathOf(layout);
    const names = (await readdir(this.folder)).filter((name) => name.startsWith(nameOf(layout)) && !name.includes('.'));
    const paths = names.map((name) => join(this.folder, name)).filter((path) => path !== own);
    const dated = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
    return dated.sort((a, b) => b.at - a.at).map(({ path }) => path);
  }
}

function nameOf(layout: string | null): string {
  return prefix + keyOf('overview', JSON.stringify(layout)).slice(0, 24);
}

async function readAt(path: string, isWanted: (identity: string) => boolean): Promise<KeptOverview | null> {
  const file = await openIfThere(path);
  if (file === null) return null;
  try {
    const blocks = unpackBlocks(file);
    const first = await blocks.next();
    if (!v.is(head, first.value) || !isWanted(first.value.identity)) return null;
    return await readRows(first.value, blocks);
  } finally {
    await file.close();
  }
}

async function readRows(
  { paused, rows: count, unoffered, hasMap }: v.InferOutput<typeof head>,
  blocks: AsyncGenerator<unknown, void>,
): Promise<KeptOverview> {
  const width = neighboursKept;
  const rows = new NeighbourRows(width);
  const keys: string[] = [];
  const places = new Float32Array(2 * count);
  const fresh = new Uint8Array(count);
  for await (const part of blocks) {
    if (!v.is(block, part) || keys.length + part.keys.length > count) throw new DamagedBlocksError('of no known form');
    const at = keys.length;
    for (const key of part.keys) keys.push(key);
    const marks = new BigUint64Array(copied(part.marks));
    for (const mark of marks) rows.push(mark);
    rows.ids.set(new Uint32Array(copied(part.ids)), at * width);
    rows.distances.set(new Float64Array(copied(part.distances)), at * width);
    rows.stale.set(part.stale, at);
    places.set(new Float32Array(copied(part.places)), 2 * at);
    fresh.set(part.fresh, at);
  }
  const isSound = rows.count === keys.length && rows.ids.every((id) => id === none || id < count);
  if (keys.length !== count || !isSound) throw new DamagedBlocksError('its end is missing');
  return { paused, graph: { keys, rows, unoffered }, map: hasMap ? { places, fresh } : null };
}

function* blocksOf({ paused, graph, map }: KeptOverview, identity: string): Generator<Uint8Array, void> {
  const { keys, rows, unoffered } = graph;
  let place = 0;
  yield* packBlock(place++, {
    ...{ form, identity, paused, unoffered: [...unoffered] },
    ...{ rows: keys.length, hasMap: map !== null },
  } satisfies v.InferOutput<typeof head>);
  for (let from = 0; from < keys.length; from += rowsOfBlock) {
    const end = Math.min(from + rowsOfBlock, keys.length);
    const many = end - from;
    yield* packBlock(place++, {
      keys: keys.slice(from, end),
      marks: bytesOf(rows.marks.subarray(from, end)),
      stale: rows.stale.subarray(from, end),
      ids: bytesOf(rows.ids.subarray(from * rows.width, end * rows.width)),
      distances: bytesOf(rows.distances.subarray(from * rows.width, end * rows.width)),
      places: bytesOf(map?.places.subarray(2 * from, 2 * end) ?? new Float32Array(2 * many)),
      fresh: map?.fresh.subarray(from, end) ?? new Uint8Array(many),
    } satisfies v.InferOutput<typeof block>);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Numbers have to begin at a multiple of their length. */
function copied(part: Uint8Array): ArrayBuffer {
  return new Uint8Array(part).buffer;
}
