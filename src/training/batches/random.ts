import { createHash } from 'node:crypto';

/** A reproducible stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** Gaussian with mean 0 and standard deviation 1. */
  normal(): number;
  /** The entries in random order. */
  shuffled<T>(items: readonly T[]): T[];
}

/**
 * The random numbers of one training step: every step has a stream of its own, so that a resumed training draws what an
 * uninterrupted one would have drawn. xoshiro128** 1.1 (Blackman and Vigna 2021) started from a hash.
 */
export function randomOfStep(seed: number, step: number): Random {
  const unit = generator(createHash('sha256').update(`${seed}/${step}`).digest());
  const below = (count: number) => Math.floor(unit() * count);
  return {
    unit,
    below,
    uniform: (low, high) => low + (high - low) * unit(),
    // Box and Muller 1958.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    shuffled<T>(items: readonly T[]) {
      const all = [...items];
      for (let i = all.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [all[i], all[j]] = [all[j]!, all[i]!];
      }
      return all;
    },
  };
}

function generator(hash: Buffer): () => number {
  let [a, b, c, d] = [0, 4, 8, 12].map((offset) => hash.readInt32LE(offset)) as [number, number, number, number];
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result / 2 ** 32;
  };
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
