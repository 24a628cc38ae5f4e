import type { EncoderFile } from '../core/encoder/description';
import { loadEncoder } from '../core/encoder/session';
import { evenlySpaced } from '../core/index/pace';
import type { Figures } from '../protocol/finetune';
import { evaluatePack } from '../core/training/evaluation/evaluatePack';
import { countPairs, protocolOf } from '../core/training/evaluation/protocol';
import type { Pack } from '../core/training/packs/pack';
import { samplesOf, subPack, type DividedSet } from './tuningSet';

/** Larger validations would take time from training. */
const mostQueries = 300;
const mostGallery = 600;

/**
 * Measures encoders, before their numbers are rounded to bytes, on the held-out sequences that decide when to stop.
 */
export class Validator {
  private readonly packs: readonly Pack[];

  constructor(
    sets: readonly DividedSet[],
    private readonly maximumSteps: number,
    private readonly signal: AbortSignal,
  ) {
    this.packs = sets.flatMap(({ pack, parts: { train, stopping } }) => {
      const [gallery] = evenlySpaced(train, mostGallery);
      const [queries] = evenlySpaced(stopping, mostQueries);
      const sub = subPack(pack, [...gallery, ...queries]);
      const { same, different } = countPairs(protocolOf(sub));
      return stopping.length > 0 && same > 0 && different > 0 ? [sub] : [];
    });
  }

  /** Whether there is anything to measure. */
  get isPossible(): boolean {
    return this.packs.length > 0;
  }

  /** How many sequences are embedded to measure an encoder. */
  get sequences(): number {
    return this.packs.reduce((sum, { sequences }) => sum + sequences.length, 0);
  }

  /** Their samples, which say how long that takes. */
  get samples(): number {
    return this.packs.reduce((sum, pack) => sum + samplesOf(pack, this.maximumSteps), 0);
  }

  /** Means over all sets, by their queries. @param onSequence called after each sequence */
  async figures(encoder: EncoderFile, onSequence?: () => void): Promise<Figures> {
    const { maximumSteps, signal } = this;
    const options = { maximumSteps, signal, unrounded: true, ...(onSequence && { onSequence }) };
    const session = await loadEncoder(encoder);
    const sums = { recallAt1: 0, meanAveragePrecision: 0, equalErrorRate: 0 };
    let queries = 0;
    for (const pack of this.packs) {
      const metrics = await evaluatePack(session, pack, options);
      sums.recallAt1 += metrics.queries * metrics.recallAt1;
      sums.meanAveragePrecision += metrics.queries * metrics.meanAveragePrecision;
      sums.equalErrorRate += metrics.queries * metrics.equalErrorRate;
      queries += metrics.queries;
    }
    return {
      recallAt1: sums.recallAt1 / queries,
      meanAveragePrecision: sums.meanAveragePrecision / queries,
      equalErrorRate: sums.equalErrorRate / queries,
    };
  }
}
