import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import { plainArrangement } from '../../protocol/engine';
import type { EngineClient } from '../engineClient';
import { npyFile } from '../sample/writers/npy';
import { ucrFile } from '../sample/writers/text';
import { percentile, type Figure } from './figures';
import { withEngine } from './withEngine';

/** As many series of one archive, and as many recordings beside it, as a workspace of real recordings holds. */
const series = 1730;
const others = 669;
const labels = 37;
const steps = 128;
const archive = 'Archive.tsv';

/** Asked so often, each time of another query; the first warms up. */
const times = 8;
const page = 40;

/** From asking for all layouts to the first page, and from sorting a whole list by label to its first page. */
export async function benchListing(): Promise<readonly Figure[]> {
  return withEngine(writeRecordings, async (engine, folder) => [
    await figure(`all layouts of ${series + others} recordings, median`, (query) =>
      listed(engine, folder, query, 'all'),
    ),
    await figure(`sort ${series} recordings by label, median`, (query) => sorted(engine, folder, query)),
  ]);
}

async function figure(name: string, milliseconds: (query: number) => Promise<number>): Promise<Figure> {
  const measured: number[] = [];
  for (let query = 0; query < times; query++) measured.push(await milliseconds(query));
  return { name, value: percentile(measured.slice(1), 0.5), unit: 'ms', target: { at: 'most', value: 500 } };
}

async function listed(engine: EngineClient, folder: string, query: number, scope: 'layout' | 'all'): Promise<number> {
  const started = performance.now();
  await rank(engine, folder, query, scope);
  return performance.now() - started;
}

async function sorted(engine: EngineClient, folder: string, query: number): Promise<number> {
  const { ranking } = await rank(engine, folder, query, 'layout');
  const arrangement = { ...plainArrangement, sorting: { key: 'label', descending: false } } as const;
  const started = performance.now();
  await engine.ask('list', { ranking, arrangement, from: 0, count: page });
  return performance.now() - started;
}

function rank(engine: EngineClient, folder: string, number: number, scope: 'layout' | 'all') {
  const query = { path: join(folder, archive), number };
  return engine.ask('rank', { query, scope, weights: null, arrangement: plainArrangement, from: 0, count: page });
}

async function writeRecordings(folder: string): Promise<number> {
  const all = Array.from({ length: series }, (_, i) => ({
    label: String(1 + (i % labels)),
    values: valuesOf(i, i % labels),
  }));
  await writeFile(join(folder, archive), ucrFile(all));
  for (let i = 0; i < others; i++) {
    await writeFile(join(folder, `other-${i}.npy`), npyFile([valuesOf(i, 1), valuesOf(i, 2)]));
  }
  return 1 + others;
}

function valuesOf(number: number, kind: number): Float32Array {
  const random = randomOf(number, `kind ${kind}`);
  return Float32Array.from({ length: steps }, (_, i) => Math.sin(i / (3 + kind)) + 0.2 * random.normal());
}
