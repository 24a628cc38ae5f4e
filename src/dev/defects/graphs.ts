import { toBytes } from '../../core/distributions/bytes';
import { quantileFunction } from '../../core/distributions/quantiles';
import { openEncoder } from '../../core/encoder/completed';
import type { EncoderDescription } from '../../core/encoder/description';
import { embed } from '../../core/encoder/embed';
import type { ChannelScale } from '../../core/encoder/inputs';
import { layoutScale, rawLevels } from '../../core/encoder/scales';
import { loadEncoder, type EncoderSession } from '../../core/encoder/session';
import { Gallery } from '../../core/ranking/gallery';
import { graphOf, neighboursKept, type NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { GallerySource } from '../../core/ranking/neighbours/source';
import { rowFormOf } from '../../core/ranking/rowForm';
import { stretched } from '../../core/training/evaluation/embedPack';
import { inProject } from '../project';
import type { Series } from './plantCopies';

/** Time steps that are encoded of a recording: what the extension takes by default is more, and slower. */
const mostSteps = 8192;

/** Makes the graphs of recordings by the bundled encoder; what is embedded once stays. */
export class Embedding {
  private readonly known = new WeakMap<Series, { readonly scale: string; readonly codes: Uint8Array }>();

  private constructor(
    private readonly session: EncoderSession,
    private readonly encoder: EncoderDescription,
  ) {}

  static async open(): Promise<Embedding> {
    const file = await openEncoder(inProject('models'));
    return new Embedding(await loadEncoder(file), file.description);
  }

  /** The graph of recordings with as many channels, each named by its number. */
  async graphOf(all: readonly Series[], scales: readonly ChannelScale[]): Promise<NeighbourGraph> {
    const gallery = new Gallery(rowFormOf(this.encoder), all[0]?.length ?? 1);
    for (const [i, series] of all.entries())
      gallery.put(String(i).padStart(6, '0'), await this.codesOf(series, scales));
    return graphOf(new GallerySource([gallery]), neighboursKept);
  }

  private async codesOf(series: Series, scales: readonly ChannelScale[]): Promise<Uint8Array> {
    const scale = JSON.stringify(scales);
    const known = this.known.get(series);
    if (known?.scale === scale) return known.codes;
    const channels = series.map((values) => ({
      name: null,
      unit: null,
      values: stretched(values, this.encoder.minimumSteps),
    }));
    const sequence = { channels, rate: null, label: null, name: null, notes: [] };
    const codes = (await embed(this.session, sequence, scales, mostSteps)).values;
    this.known.set(series, { scale, codes });
    return codes;
  }
}

/** The raw levels of a recording, as the index keeps them. */
export function levelsOf(series: Series): Float32Array {
  const levels = new Float32Array(series.length * rawLevels);
  series.forEach((values, c) => {
    levels.set(quantileFunction(values, rawLevels), c * rawLevels);
  });
  return levels;
}

/** The scale of each channel of recordings. */
export function scalesOf(all: readonly Series[]): readonly ChannelScale[] {
  return layoutScale(all.map((series) => ({ channels: series, levels: toBytes(levelsOf(series)) })));
}

/** The graph of vectors by Euclid, by comparing all with all. */
export function graphOfVectors(rows: readonly Float64Array[]): NeighbourGraph {
  const k = Math.max(Math.min(neighboursKept, rows.length - 1), 0);
  const ids = new Uint32Array(rows.length * k);
  const distances = new Float64Array(rows.length * k);
  rows.forEach((row, i) => {
    const all = Float64Array.from(rows, (other, j) => (i === j ? Infinity : squaredDistance(row, other)));
    const order = Uint32Array.from(all.keys()).sort((a, b) => all[a]! - all[b]!);
    for (let j = 0; j < k; j++) {
      ids[i * k + j] = order[j]!;
      distances[i * k + j] = Math.sqrt(all[order[j]!]!);
    }
  });
  return { keys: rows.map((_, i) => String(i)), k, ids, distances };
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
