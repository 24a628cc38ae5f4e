import type { Pack, PackSequence } from '../../../../../src/core/training/packs/pack';

export interface PackShape {
  readonly name?: string;
  readonly labels?: number;
  /** Sequences per label. */
  readonly each?: number;
  readonly channels?: number;
  readonly steps?: number | ((n: number) => number);
  /** Consecutive sequences of a label take turns in so many parts, which exclude one another. */
  readonly parts?: number;
  readonly splits?: boolean;
}

/** Waves of a frequency per label, with random phases: easily told apart. */
export function wavePack({
  name = 'waves',
  labels = 3,
  each = 6,
  channels = 1,
  steps = 64,
  parts = 0,
  splits = false,
}: PackShape = {}): Pack {
  const sequences = Array.from({ length: labels * each }, (_, n): PackSequence => {
    const label = n % labels;
    const turn = Math.floor(n / labels);
    const length = typeof steps === 'number' ? steps : steps(n);
    const columns: Record<string, number> = { label };
    if (parts > 0) columns['part'] = turn % parts;
    if (splits) columns['split'] = turn % 2;
    const wave = (c: number) => Float32Array.from({ length }, (_, t) => Math.sin((label + 1) * 0.3 * t + n + c));
    return { channels: Array.from({ length: channels }, (_, c) => wave(c)), label, columns };
  });
  const columnValues = { split: ['test', 'train'] };
  return { name, domain: null, channels, sequences, columnValues, excludeBy: parts > 0 ? 'part' : null };
}
