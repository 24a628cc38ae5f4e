import { setImmediate as othersWorked } from 'node:timers/promises';
import { channelSize } from '../../core/encoder/blocks';
import { Gallery } from '../../core/ranking/gallery';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { GallerySource } from '../../core/ranking/neighbours/source';
import { rowFormOf } from '../../core/ranking/rowForm';
import { RowMemories } from '../../core/ranking/scan/memory';
import { MapRun } from '../../engine/overview/mapRun';
import { NeighbourWork } from '../../engine/overview/neighbourWork';
import { embeddedSeries, type EmbeddedSeries } from './embedded';
import type { Figure } from './figures';

const rows = 100_000;
const fewer = 10_000;
const megabyte = 2 ** 20;

/** The neighbours of every recording, in blocks between which searches are answered, and the map that settles of them. */
export async function benchNeighbours(): Promise<readonly Figure[]> {
  const series = await embeddedSeries(rows);
  const some = await madeOf(series, fewer);
  const all = await madeOf(series, rows);
  const map = await mapSeconds(some.graph);
  const goals = [20, 40 * 60] as const;
  return [
    ...figuresOf(some, goals[0]),
    ...figuresOf(all, goals[1]),
    { name: `map of ${some.graph.keys.length.toLocaleString('en')} recordings`, value: map, unit: 's' },
  ];
}

interface Made {
  readonly graph: NeighbourGraph;
  readonly seconds: number;
  /** How long a search would have waited, at most and in 99 of 100 cases, in milliseconds. */
  readonly longest: number;
  readonly usual: number;
  /** What it took beside the gallery at most. */
  readonly megabytes: number;
}

async function madeOf({ encoder, codes }: EmbeddedSeries, most: number): Promise<Made> {
  const size = channelSize(encoder);
  const count = Math.min(most, codes.length / size);
  const memories = new RowMemories();
  const gallery = new Gallery(rowFormOf(encoder), 1, memories);
  const stride = Math.floor(codes.length / size / count);
  for (let row = 0; row < count; row++) {
    gallery.put(`0 /recordings/${row}.csv`, codes.subarray(row * stride * size, (row * stride + 1) * size));
  }
  const source = new GallerySource([gallery]);
  const work = new NeighbourWork();
  const before = process.memoryUsage.rss();
  const started = performance.now();
  let peak = before;
  const waits: number[] = [];
  for (const key of source.keys()) work.touched.add(key);
  while (!work.isDone) {
    const begun = performance.now();
    work.block(source);
    waits.push(performance.now() - begun);
    peak = Math.max(peak, process.memoryUsage.rss());
    await othersWorked();
  }
  const graph = work.graph.graph();
  peak = Math.max(peak, process.memoryUsage.rss());
  const seconds = (performance.now() - started) / 1000;
  await memories.helper.close();
  gallery.clear();
  waits.sort((a, b) => a - b);
  const [usual = 0, longest = 0] = [waits[Math.floor(0.99 * waits.length)], waits.at(-1)];
  return { graph, seconds, usual, longest, megabytes: (peak - before) / megabyte };
}

function figuresOf({ graph, seconds, usual, longest, megabytes }: Made, goal: number): readonly Figure[] {
  const name = `${graph.k} nearest of each of ${graph.keys.length.toLocaleString('en')} recordings`;
  return [
    { name, value: seconds, unit: 's', target: { at: 'most', value: goal } },
    { name: '  wait of a search, 99 of 100', value: usual, unit: 'ms', target: { at: 'most', value: 50 } },
    { name: '  longest wait of a search', value: longest, unit: 'ms' },
    { name: '  memory beside the gallery', value: megabytes, unit: 'MB', target: { at: 'most', value: 200 } },
  ];
}

async function mapSeconds(graph: NeighbourGraph): Promise<number> {
  const started = performance.now();
  const from = { start: null, round: 0, paused: false };
  await new Promise<void>((resolve, reject) => {
    const run = new MapRun(
      graph,
      from,
      ({ done, rounds }) => {
        if (done === rounds) run.end().then(resolve, reject);
      },
      reject,
    );
  });
  return (performance.now() - started) / 1000;
}
