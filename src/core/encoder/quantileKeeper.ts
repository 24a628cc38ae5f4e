import { LaneSorter, lanes } from '../distributions/laneSort';
import { quantilesOfSorted } from '../distributions/quantiles';
import { radixSort } from '../distributions/radixSort';
import { featureBlocks, featureSize, valuesOf, type FeatureBlock, type Kept } from './blocks';
import type { Span } from './windows';

/** One for each thread that embeds: it holds the memory that WebAssembly sorts in. */
let shared: LaneSorter | undefined;

/** Keeps the quantile functions of features, see `featureBlocks`. Features of one length are sorted together. */
export class QuantileKeeper {
  private readonly blocks: readonly FeatureBlock[];
  /** How many numbers of a feature come before those of the view. */
  private readonly before: number;
  private readonly perFeature: number;
  private readonly sorter = (shared ??= new LaneSorter());
  private features: Float32Array[] = [];
  private lines: number[] = [];

  /**
   * @param view whose features come
   * @param out receives the quantile functions of line l from l x `featureSize` on, each at its place
   */
  constructor(
    kept: Kept,
    view: number,
    private readonly out: Float32Array,
  ) {
    const all = featureBlocks(kept);
    this.blocks = all.filter((block) => block.view === view);
    this.before = all.reduce((sum, block) => sum + (block.view < view ? block.levels : 0), 0);
    this.perFeature = featureSize(kept);
  }

  /** @param values which must not change before `finish` */
  add(values: Float32Array, line: number): void {
    const [first] = this.features;
    if (this.features.length === lanes || (first !== undefined && first.length !== values.length)) this.finish();
    this.features.push(values);
    this.lines.push(line);
  }

  /** Keeps those that wait for others to be sorted with. */
  finish(): void {
    let before = this.before;
    for (const block of this.blocks) {
      const span = valuesOf(block, this.features[0]?.length ?? 1);
      if (this.sorter.takes(span.end - span.start)) this.keepTogether(block, span, before);
      else this.keepOneByOne(block, span, before);
      before += block.levels;
    }
    this.features = [];
    this.lines = [];
  }

  private keepTogether(block: FeatureBlock, { start, end }: Span, before: number): void {
    this.sorter.sort(this.features, start, end);
    this.lines.forEach((line, lane) => {
      const at = line * this.perFeature + before;
      quantilesOfSorted(this.sorter.values, block.levels, this.out, at, end - start, lane, lanes);
      this.weigh(block, at);
    });
  }

  private keepOneByOne(block: FeatureBlock, { start, end }: Span, before: number): void {
    const scratch = new Float32Array(end - start);
    this.lines.forEach((line, n) => {
      const at = line * this.perFeature + before;
      const sorted = this.features[n]?.slice(start, end) ?? scratch;
      radixSort(sorted, scratch);
      quantilesOfSorted(sorted, block.levels, this.out, at);
      this.weigh(block, at);
    });
  }

  private weigh({ levels, scale }: FeatureBlock, at: number): void {
    for (let i = at; i < at + levels; i++) this.out[i]! *= scale;
  }
}
