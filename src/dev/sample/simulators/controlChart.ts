import type { Random } from '../../../core/distributions/random';

export const controlChartPatterns = ['normal', 'cyclic', 'increasing', 'decreasing', 'shift-up', 'shift-down'] as const;
export type ControlChartPattern = (typeof controlChartPatterns)[number];

export interface ControlChartParameters {
  readonly pattern: ControlChartPattern;
  /** 60 in the original. */
  readonly steps: number;
}

const level = 30;
const deviation = 2;

/**
 * A control chart of a process, in order or drifting off: Alcock and Manolopoulos, "Time-series similarity queries
 * employing a feature-based approach", 7th Hellenic Conference on Informatics, 1999, section 4.
 * @returns one channel.
 */
export function controlChart({ pattern, steps }: ControlChartParameters, random: Random): [Float32Array] {
  const amplitude = random.uniform(10, 15);
  const period = random.uniform(10, 15);
  const gradient = random.uniform(0.2, 0.5);
  const shift = random.uniform(7.5, 20);
  const shiftedFrom = random.uniform(steps / 3, (2 * steps) / 3);
  const drift: Record<ControlChartPattern, (time: number) => number> = {
    normal: () => 0,
    cyclic: (time) => amplitude * Math.sin((2 * Math.PI * time) / period),
    increasing: (time) => gradient * time,
    decreasing: (time) => -gradient * time,
    'shift-up': (time) => (time >= shiftedFrom ? shift : 0),
    'shift-down': (time) => (time >= shiftedFrom ? -shift : 0),
  };
  const values = Float32Array.from({ length: steps }, (_, i) => {
    return level + deviation * random.uniform(-3, 3) + drift[pattern](i + 1);
  });
  return [values];
}
