import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npyFile } from '../sample/writers/npy';
import { percentile, type Figure } from './figures';
import { withEngine } from './withEngine';

const steps = 10_000_000;
const columns = 2800;
const zooms = 40;
const name = 'long.npy';

/** From asking for a recording of ten million steps, and for parts of it, to the answers, over the channel. */
export async function benchZooming(): Promise<readonly Figure[]> {
  return withEngine(writeRecording, async (engine, folder) => {
    const path = join(folder, name);
    const ref = { path, number: 0 };
    const ask = async (span: { start: number; end: number } | null): Promise<number> => {
      const started = performance.now();
      await engine.ask('series', { ref, span, columns, channels: [0] });
      return performance.now() - started;
    };
    const opened = performance.now();
    await engine.ask('recording', ref);
    const first = await ask(null);
    const opening = performance.now() - opened;
    const times: number[] = [];
    for (let i = 0; i < zooms; i++) {
      const length = Math.round(steps * 0.7 ** i) + 100;
      const start = Math.round(((i * 0.618) % 1) * (steps - length));
      times.push(await ask({ start: Math.max(0, start), end: Math.max(0, start) + length }));
    }
    const target = { at: 'most', value: 100 } as const;
    return [
      { name: 'open 10 million steps', value: opening, unit: 'ms', target: { at: 'most', value: 300 } },
      { name: 'zoom into 10 million steps, median', value: percentile(times, 0.5), unit: 'ms', target },
      {
        name: 'zoom into 10 million steps, 95 of 100',
        value: percentile(times, 0.95),
        unit: 'ms',
        target,
        against: { name: 'the first plot', value: first },
      },
    ];
  });
}

async function writeRecording(folder: string): Promise<number> {
  await writeFile(join(folder, name), longRecording());
  return 1;
}

function longRecording(): Buffer {
  return npyFile([Float32Array.from({ length: steps }, (_, t) => Math.sin(t / 700) + Math.sin(t * t))]);
}
