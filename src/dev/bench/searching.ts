import { distance1 } from '../../core/distributions/wasserstein';
import { Gallery } from '../../core/ranking/gallery';
import { NearestRows } from '../../core/ranking/nearest';
import { percentile, type Figure } from './figures';

const rows = 100_000;
const length = 1024;
const levels = 16;
const groups = 500;

/** The exact search through many embeddings, against a scan of all of them. */
export function benchSearching(): readonly Figure[] {
  const { gallery, embeddings } = filledGallery();
  const cascade: number[] = [];
  const scan: number[] = [];
  for (const query of embeddings.filter((_, i) => i % 97 === 0).slice(0, 15)) {
    const [fast, found] = timed(() => gallery.nearest(query, 20));
    const [slow, expected] = timed(() => bruteForce(embeddings, query, 20));
    if (found.some(({ distance }, rank) => distance !== expected[rank])) throw new Error('the search is not exact');
    cascade.push(fast);
    scan.push(slow);
  }
  const value = percentile(cascade, 0.5);
  const against = { name: 'brute force', value: percentile(scan, 0.5) };
  return [{ name: `exact search in ${rows.toLocaleString('en')} embeddings`, value, unit: 'ms', against }];
}

/** Quantile functions around some centres, as recordings of some hundred kinds give. */
function filledGallery(): { gallery: Gallery; embeddings: Float32Array[] } {
  let state = 7;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const quantiles = (spread: number, around?: Float32Array) => {
    const values = new Float32Array(length);
    for (let f = 0; f < length; f += levels) {
      let level = spread * (random() - 0.5);
      for (let q = f; q < f + levels; q++) values[q] = (around?.[q] ?? 0) + (level += 0.1 * spread * random());
    }
    return values;
  };
  const centres = Array.from({ length: groups }, () => quantiles(2));
  const gallery = new Gallery(length);
  const embeddings = Array.from({ length: rows }, (_, i) => quantiles(0.3, centres[i % groups]));
  embeddings.forEach((embedding, i) => {
    gallery.put(String(i), embedding);
  });
  return { gallery, embeddings };
}

function bruteForce(embeddings: readonly Float32Array[], query: Float32Array, k: number): number[] {
  const nearest = new NearestRows(k);
  embeddings.forEach((embedding, row) => {
    nearest.offer(row, distance1(query, embedding));
  });
  return nearest.sorted().map(({ distance }) => distance);
}

function timed<T>(work: () => T): [number, T] {
  const started = performance.now();
  const result = work();
  return [performance.now() - started, result];
}
