import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import { npyFile } from '../sample/writers/npy';
import type { EngineClient } from '../engineClient';
import { percentile, type Figure } from './figures';
import { withEngine } from './withEngine';

/** As many channels and time steps as a plant, and as a walk, that are explained. */
const shapes = [
  { channels: 52, steps: 960 },
  { channels: 3, steps: 6000 },
] as const;

/** Recordings of each shape; the first two warm up. */
const recordings = 8;

/** Channels that the page shows at first, in so many columns. */
const shown = 6;
const columns = 1024;

/** From opening a comparison to its first sentences, to all of them, and to its last strip, over the channel. */
export async function benchExplaining(): Promise<readonly Figure[]> {
  return withEngine(writeRecordings, async (engine, folder) => {
    const figures: Figure[] = [];
    for (const { channels } of shapes) figures.push(...(await explained(engine, folder, channels)));
    return figures;
  });
}

async function writeRecordings(folder: string): Promise<number> {
  for (const shape of shapes) {
    for (let i = 0; i < recordings; i++) await writeFile(pathOf(folder, shape.channels, i), recordingOf(shape, i));
  }
  return shapes.length * recordings;
}

async function explained(engine: EngineClient, folder: string, channels: number): Promise<readonly Figure[]> {
  const times: { readonly sentences: number; readonly all: number; readonly strips: number }[] = [];
  for (let i = 1; i < recordings; i++) {
    const time = await opened(engine, pathOf(folder, channels, i - 1), pathOf(folder, channels, i), channels);
    if (i > 1) times.push(time);
  }
  const figure = (what: string, of: (time: (typeof times)[number]) => number): Figure => ({
    name: `explanation of ${channels} channels: ${what}, median`,
    value: percentile(times.map(of), 0.5),
    unit: 'ms',
    target: { at: 'most', value: 500 },
  });
  return [
    figure('first sentences', ({ sentences }) => sentences),
    figure('all sentences', ({ all }) => all),
    figure('strips in sight', ({ strips }) => strips),
  ];
}

/** Asks as the page does. */
async function opened(engine: EngineClient, query: string, match: string, channels: number) {
  const ref = (path: string) => ({ path, number: 0 });
  const pair = { query: ref(query), match: ref(match), scope: 'layout' as const, weights: null };
  const started = performance.now();
  const since = () => performance.now() - started;
  const { channels: parts } = await engine.ask('explain', { ...pair, features: 6 });
  const sentences = since();
  const order = [...(parts ?? []).keys()].sort((a, b) => (parts?.[b] ?? 0) - (parts?.[a] ?? 0));
  const timeline = (of: readonly number[]) =>
    engine.ask('timeline', { ...pair, columns, querySpan: null, matchSpan: null, channels: of });
  const reasons = engine.ask('reasons', { ...pair, channel: order[0] ?? 0 }).then(since);
  await timeline(order.slice(0, 1));
  await timeline(order.slice(0, Math.min(shown, channels)));
  const strips = since();
  return { sentences, all: await reasons, strips };
}

function pathOf(folder: string, channels: number, number: number): string {
  return join(folder, `${channels}-${number}.npy`);
}

function recordingOf({ channels, steps }: (typeof shapes)[number], number: number): Buffer {
  return npyFile(
    Array.from({ length: channels }, (_, c) => {
      const random = randomOf(number, `channel ${c}`);
      let state = 0;
      return Float32Array.from({ length: steps }, (__, i) => {
        state = 0.95 * state + 0.3 * random.normal();
        return state + Math.sin((i * (c + 3)) / (40 + number));
      });
    }),
  );
}
