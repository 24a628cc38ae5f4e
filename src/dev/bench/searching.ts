import { freemem } from 'node:os';
import { randomOf } from '../../core/distributions/random';
import { channelSize } from '../../core/encoder/blocks';
import { Gallery, type RowForm, type Weights } from '../../core/ranking/gallery';
import { rowFormOf } from '../../core/ranking/rowForm';
import { ScanHelper } from '../../core/ranking/scan/helper';
import { RowMemories } from '../../core/ranking/scan/memory';
import { embeddedSeries, type EmbeddedSeries } from './embedded';
import { percentile, type Figure } from './figures';
import { searchFlat } from './flatPeer';
import { searchingPlot, type Cost } from './searchingPlot';

const rows = 100_000;
const manyRows = 1_000_000;
const nearest = 20;
const channels = 6;
const queryCount = 60;
const together = 64;

/** Each query is asked so often, and its fastest run counts: other work on the machine makes the others slower. */
const rounds = 5;

/**
 * The exact search through embeddings of recordings, beside the flat index of FAISS where it is installed.
 * @param plot receives a picture of what a search costs, by the number of recordings
 */
export async function benchSearching(plot?: (svg: string) => Promise<void>): Promise<readonly Figure[]> {
  const series = await embeddedSeries(rows);
  const size = channelSize(series.encoder);
  const count = series.codes.length / size;
  const form = rowFormOf(series.encoder);
  const code: Code = (row) => series.codes.subarray((row % count) * size, ((row % count) + 1) * size);
  const alone = new RowMemories(undefined, undefined, new ScanHelper(Infinity));
  const helped = new RowMemories();
  try {
    const figures = [
      ...(await oneChannel(series, form, alone, count, code)),
      twoThreads(form, helped, count, code),
      ...severalChannels(form, alone, count, code),
      ...manyFigures(form, helped, code),
    ];
    if (plot !== undefined) await plot(searchingPlot(await costs(series, form, alone, count, code)));
    return figures;
  } finally {
    await helped.helper.close();
  }
}

async function oneChannel(
  { path, real }: EmbeddedSeries,
  form: RowForm,
  memories: RowMemories,
  count: number,
  code: Code,
): Promise<Figure[]> {
  const gallery = filled(form, 1, memories, count, code);
  const perChannel = memories.usage.used / count / 1000;
  const times = searchTimes(gallery, count, code);
  const flat = await searchFlat(path, gallery.length, count, nearest, queriesOf(count).slice(0, 9));
  if (flat === null) console.log('FAISS is not measured: there is no Python with it. Name one in KINDRED_PYTHON.');
  else checkSame(gallery, form, flat.distances, count, code);
  const against =
    flat === null ? {} : { against: { name: 'FAISS', value: percentile(flat.milliseconds, 0.5), most: 0.01 } };
  const batch = batchMilliseconds(gallery, count, code);
  gallery.clear();
  const name = `exact top ${nearest} of ${count.toLocaleString('en')} ${real ? '' : 'simulated '}one-channel recordings`;
  return [
    { name, value: percentile(times, 0.5), unit: 'ms', target: { at: 'most', value: 3 }, ...against },
    { name: '  95 of 100', value: percentile(times, 0.95), unit: 'ms' },
    {
      name: `  one of ${together} at once, processor time`,
      value: batch,
      unit: 'ms',
      target: { at: 'most', value: 1 },
    },
    { name: '  memory per channel', value: perChannel, unit: 'KB', target: { at: 'most', value: 3.6 } },
  ];
}

function twoThreads(form: RowForm, memories: RowMemories, count: number, code: Code): Figure {
  const gallery = filled(form, 1, memories, count, code);
  const value = percentile(searchTimes(gallery, count, code), 0.5);
  gallery.clear();
  return { name: '  on two threads', value, unit: 'ms', target: { at: 'most', value: 2 } };
}

/** What a search costs among the first so many rows, and what the peer takes. */
async function costs(
  { path }: EmbeddedSeries,
  form: RowForm,
  memories: RowMemories,
  count: number,
  code: Code,
): Promise<readonly Cost[]> {
  const out: Cost[] = [];
  for (const share of [0.01, 0.03, 0.1, 0.3, 1]) {
    const part = Math.round(share * count);
    const stride = Math.floor(count / part);
    const spread: Code = (row) => code(row * stride);
    const gallery = filled(form, 1, memories, part, spread);
    const own = percentile(searchTimes(gallery, part, spread), 0.5);
    const flat = await searchFlat(path, gallery.length, part, nearest, queriesOf(part).slice(0, 5));
    out.push({ recordings: part, own, flat: flat === null ? null : percentile(flat.milliseconds, 0.5) });
    gallery.clear();
  }
  return out;
}

/** Recordings of several channels: neighbouring series, which mostly belong together. */
function severalChannels(form: RowForm, memories: RowMemories, count: number, code: Code): Figure[] {
  const wide: Code = (row) => Buffer.concat(Array.from({ length: channels }, (_, c) => code(row + c)));
  const gallery = filled(form, channels, memories, count, wide);
  const plain = percentile(searchTimes(gallery, count, wide), 0.5);
  const weighted = percentile(searchTimes(gallery, count, wide, [1, 0.5, 2, 0, 1, 0.25]), 0.5);
  gallery.clear();
  const name = `exact top ${nearest} of ${count.toLocaleString('en')} recordings of ${channels} channels`;
  return [
    { name, value: plain, unit: 'ms', target: { at: 'most', value: 15 } },
    { name: '  with weights', value: weighted, unit: 'ms', against: { name: 'without', value: plain, most: 2 } },
  ];
}

/** Rows between neighbouring series, with noise. */
function manyFigures(form: RowForm, memories: RowMemories, code: Code): Figure[] {
  if (freemem() < 5 * 2 ** 30) {
    console.log(`${manyRows.toLocaleString('en')} rows are not measured: they need 5 GB of free memory.`);
    return [];
  }
  const mixed: Code = (row) => {
    const random = randomOf(row, 'mixed');
    const [a, b] = [code(row), code(row + 1)];
    const share = random.unit();
    const shift = random.below(a.length);
    return a.map((value, i) => Math.round(value + share * (b[i]! - value)) + (((i + shift) * 7919) % 5) - 2);
  };
  const gallery = filled(form, 1, memories, manyRows, mixed);
  const value = percentile(searchTimes(gallery, manyRows, mixed), 0.5);
  gallery.clear();
  const name = `exact top ${nearest} of ${manyRows.toLocaleString('en')}, on two threads`;
  return [{ name, value, unit: 'ms', target: { at: 'most', value: 25 } }];
}

type Code = (row: number) => Uint8Array;

function filled(form: RowForm, channels: number, memories: RowMemories, count: number, code: Code): Gallery {
  const gallery = new Gallery(form, channels, memories);
  for (let row = 0; row < count; row++) gallery.put(String(row), code(row));
  return gallery;
}

function queriesOf(count: number): readonly number[] {
  return Array.from({ length: queryCount }, (_, i) => Math.floor(((i + 0.5) * count) / queryCount));
}

function searchTimes(gallery: Gallery, count: number, code: Code, weights?: Weights): readonly number[] {
  const queries = queriesOf(count).map((row) => ({ key: String(row), codes: code(row) }));
  const fastest = queries.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    queries.forEach(({ key, codes }, i) => {
      const started = performance.now();
      gallery.nearest(codes, nearest, key, weights);
      fastest[i] = Math.min(fastest[i] ?? Infinity, performance.now() - started);
    });
  }
  return fastest;
}

/** Processor time, because other work on the machine gets in between in so long a time. */
function batchMilliseconds(gallery: Gallery, count: number, code: Code): number {
  const queries = Array.from({ length: together }, (_, i) => Math.floor(((i + 0.5) * count) / together));
  const codes = queries.map(code);
  let fastest = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = process.cpuUsage();
    gallery.nearestMany(codes, nearest, queries.map(String));
    const { user, system } = process.cpuUsage(started);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return fastest / together;
}

/** @throws Error where the distances are not those that a scan of all rows finds */
function checkSame(
  gallery: Gallery,
  { step }: RowForm,
  distances: readonly (readonly number[])[],
  count: number,
  code: Code,
): void {
  queriesOf(count)
    .slice(0, distances.length)
    .forEach((row, q) => {
      const found = gallery.nearest(code(row), nearest, String(row));
      const same = found.every(({ distance }, i) => Math.abs(distance - step * (distances[q]?.[i] ?? NaN)) < 1e-6);
      if (!same) throw new Error('the search does not find what FAISS finds');
    });
}
