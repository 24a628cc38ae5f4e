import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../core/distributions/random';

/** A recording of two channels as CSV, unlike any other of the same stream of random numbers. */
export function curve(random: Random, steps = 400): string {
  const [frequency, level, phase] = [random.uniform(0.02, 0.6), random.uniform(-1, 1), random.uniform(0, 6)];
  const rows = Array.from({ length: steps }, (_, t) => {
    const x = level + Math.sin(frequency * t + phase) + 0.2 * random.normal();
    const y = Math.cos(2 * frequency * t + phase) + 0.2 * random.normal();
    return `${x.toFixed(4)},${y.toFixed(4)}`;
  });
  return `x,y\n${rows.join('\n')}\n`;
}

/** Writes so many of them into a folder. @returns their paths */
export function writeCurves(folder: string, count: number, random: Random, steps?: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const path = join(folder, `group${i % 7}`, `curve${i}.csv`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, curve(random, steps));
    return path;
  });
}
