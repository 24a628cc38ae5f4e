import module from '../../assembly/windows.wasm';
import { valuesOf } from '../encoder/blocks';
import { lanes, valuesInSheet, type FeatureBytes, type SheetBytes } from '../encoder/featureBytes';
import { hopOf } from '../encoder/windowGrid';
import type { Span } from '../encoder/windows';
import { codesPerFeature, rowsOf, type ByteQuery, type KeptSheet } from './byteQuery';

/** Sums over time are kept at so many places between two starts of windows. */
const placesPerHop = 4;

/** More values would not fit into sums of 16 bits. */
const mostTogether = 256;

const pageBytes = 2 ** 16;
const mostPages = 2 ** 13;
const float = Float32Array.BYTES_PER_ELEMENT;

interface Kernel {
  sumUp(values: number, count: number, width: number, thresholds: number, every: number, out: number): void;
  addEstimates(
    sums: number,
    width: number,
    points: number,
    shares: number,
    windows: number,
    parts: number,
    query: number,
    whole: number,
    part: number,
    out: number,
  ): void;
  quantileDistance(
    uppers: number,
    lowers: number,
    width: number,
    from: number,
    to: number,
    every: number,
    levels: number,
    ratio: number,
    codes: number,
    scratch: number,
  ): number;
}

/** Windows of one length of a recording, as it is compared. */
export interface GridOfWindows {
  readonly spans: readonly Span[];
  /** Time steps of the recording. */
  readonly steps: number;
}

/** Compares windows of recordings with a query, by WebAssembly. One for each thread: it holds the memory. */
export class WindowKernel {
  private readonly memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
  private readonly kernel: Kernel;
  private used = 0;

  constructor() {
    const { memory } = this;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
    this.kernel = exports as unknown as Kernel;
  }

  /**
   * Estimates what windows cost (see `costs`): with a threshold for every feature, the differences of the means of what is below and
   * of what is above it, which together never exceed W_1 of the values, and for each part the difference of means.
   */
  estimates(
    sheets: readonly KeptSheet[],
    query: ByteQuery,
    features: FeatureBytes,
    { spans, steps }: GridOfWindows,
  ): Float32Array<ArrayBuffer> {
    const [first] = spans;
    if (first === undefined) return new Float32Array(0);
    const hop = hopOf(first.end - first.start);
    const places = placesIn(sheets);
    this.used = 0;
    const out = this.place(new Float32Array(spans.length));
    const kept = this.used;
    sheets.forEach((sheet, s) => {
      const at = features.sheets[s];
      const place = places.of[s];
      if (at === undefined || place === undefined) return;
      this.used = kept;
      const every = Math.min(Math.max(Math.floor(hop / placesPerHop / at.per), 1), mostTogether);
      const { points, shares } = pointsOf(sheet, at, spans, steps, every);
      const [pointsAt, sharesAt] = [this.place(points), this.place(shares)];
      const ofSheet = this.used;
      for (let channel = 0; channel < features.channels; channel++) {
        this.used = ofSheet;
        const { width } = sheet;
        const [uppers] = rowsOf(features, at, channel, { start: 0, end: at.count });
        const values = this.place(uppers);
        const lanesAt = channel * places.lanes + place.lanes;
        const thresholds = this.place(query.thresholds.subarray(lanesAt, lanesAt + width));
        const meansAt = channel * places.means + place.means;
        const means = this.place(query.means.subarray(meansAt, meansAt + (2 + sheet.parts.length) * width));
        const sums = this.room((1 + Math.ceil(at.count / every)) * 2 * width * float);
        const { kernel } = this;
        kernel.sumUp(values, at.count, width, thresholds, every, sums);
        const [whole, part] = [sheet.levels * sheet.ratio, sheet.partLevels * sheet.partRatio];
        const parts = sheet.parts.length;
        kernel.addEstimates(sums, width, pointsAt, sharesAt, spans.length, parts, means, whole, part, out);
      }
    });
    return new Float32Array(this.memory.buffer, out, spans.length).slice();
  }

  /**
   * What a window costs: the sum of |a - b| over the bytes of its quantile functions and the query's. A byte of a quantile that
   * lies in the middle between two may become the other one, as features are rounded.
   *
   * @param most of more values of a feature, evenly spaced ones are taken, which is close and takes less time
   */
  cost(
    sheets: readonly KeptSheet[],
    query: ByteQuery,
    features: FeatureBytes,
    span: Span,
    steps: number,
    most = Infinity,
  ): number {
    const places = placesIn(sheets);
    let sum = 0;
    sheets.forEach((sheet, s) => {
      const at = features.sheets[s];
      const place = places.of[s];
      if (at === undefined || place === undefined) return;
      const inside = valuesInSheet(at, span, steps);
      for (let channel = 0; channel < features.channels; channel++) {
        this.used = 0;
        const codesAt = channel * places.codes + place.codes;
        const codes = query.codes.subarray(codesAt, codesAt + codesPerFeature(sheet) * sheet.width);
        sum += this.costOfSheet(sheet, rowsOf(features, at, channel, inside), codes, most);
      }
    });
    return sum;
  }

  private costOfSheet(
    { width, levels, parts, partLevels, ratio, partRatio }: KeptSheet,
    [upperRows, lowerRows]: readonly [Uint8Array, Uint8Array],
    own: Uint8Array,
    most: number,
  ): number {
    const count = upperRows.length / width;
    const every = Math.max(Math.floor(count / most), 1);
    const [uppers, lowers, codes] = [this.place(upperRows), this.place(lowerRows), this.place(own)];
    const scratch = this.room(2 * lanes * count);
    const { kernel } = this;
    let sum = kernel.quantileDistance(uppers, lowers, width, 0, count, every, levels, ratio, codes, scratch);
    parts.forEach((part, p) => {
      const { start, end } = valuesOf(part, count);
      const ofPart = codes + (levels + p * partLevels) * width;
      sum += kernel.quantileDistance(uppers, lowers, width, start, end, every, partLevels, partRatio, ofPart, scratch);
    });
    return sum;
  }

  /** Room for so many bytes, which are no longer used once `used` is set back. */
  private room(bytes: number): number {
    const at = this.used;
    this.used = at + Math.ceil(bytes / 16) * 16;
    const missing = this.used - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    return at;
  }

  private place(numbers: Uint8Array | Float32Array | Int32Array): number {
    const at = this.room(numbers.byteLength);
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    new Uint8Array(this.memory.buffer, at, numbers.byteLength).set(bytes);
    return at;
  }
}

/** Where the numbers of each sheet stand in those of a channel of a query, and how many there are. */
function placesIn(sheets: readonly KeptSheet[]) {
  const end = { lanes: 0, means: 0, codes: 0 };
  const of = sheets.map((sheet) => {
    const place = { ...end };
    end.lanes += sheet.width;
    end.means += (2 + sheet.parts.length) * sheet.width;
    end.codes += codesPerFeature(sheet) * sheet.width;
    return place;
  });
  return { ...end, of };
}

/** For every window, and each of its parts, between which sums it lies, and 1 over how many values that are. */
function pointsOf({ parts }: KeptSheet, at: SheetBytes, spans: readonly Span[], steps: number, every: number) {
  const perWindow = 1 + parts.length;
  const points = new Int32Array(2 * perWindow * spans.length);
  const shares = new Float32Array(perWindow * spans.length);
  const last = Math.ceil(at.count / every);
  let n = 0;
  const write = (start: number, end: number) => {
    const from = Math.min(Math.round(start / every), last - 1);
    const to = Math.max(end >= at.count ? last : Math.min(Math.round(end / every), last), from + 1);
    points[2 * n] = from;
    points[2 * n + 1] = to;
    shares[n++] = 1 / (Math.min(to * every, at.count) - from * every);
  };
  for (const span of spans) {
    const { start, end } = valuesInSheet(at, span, steps);
    write(start, end);
    for (const part of parts) {
      const own = valuesOf(part, end - start);
      write(start + own.start, start + own.end);
    }
  }
  return { points, shares };
}
