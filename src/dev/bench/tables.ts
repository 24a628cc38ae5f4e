import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultReadOptions } from '../../core/recordings/reader';
import { readFile } from '../../core/recordings/readFile';
import { stepsOf } from '../../core/recordings/sequence';
import { run } from '../command';
import { pythonWith } from '../pythonWith';
import type { Figure } from './figures';

const rows = 400_000;
const columns = 7;
const runs = 3;

const pandas = `
import sys, time
import pandas
best = 1e9
for _ in range(${runs}):
    started = time.process_time()
    pandas.read_csv(sys.argv[1], engine='c', parse_dates=sys.argv[2:])
    best = min(best, time.process_time() - started)
print(best)
`;

/** How the clock of a table is written. */
interface Kind {
  readonly name: string;
  readonly stamp: (t: number) => string;
  /** The columns in which pandas is to look for dates. */
  readonly dates: readonly string[];
}

const kinds: readonly Kind[] = [
  { name: '400,000 x 7 cells', stamp: (t) => (t / 100).toFixed(2), dates: [] },
  {
    name: '400,000 x 7 cells with dates of ISO 8601',
    stamp: (t) => new Date(1.7e12 + t * 10).toISOString(),
    dates: ['time'],
  },
];

/** Processor time to read tables of 2.8 million cells, beside the C engine of pandas where it is installed. */
export async function benchTables(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-table-'));
  try {
    const figures: Figure[] = [];
    for (const kind of kinds) figures.push(await benchTable(join(folder, 'table.csv'), kind));
    const isAlone = figures.every(({ against }) => against === undefined);
    if (isAlone) console.log('pandas is not measured: there is no Python with it. Name one in KINDRED_PYTHON.');
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchTable(path: string, kind: Kind): Promise<Figure> {
  await writeTable(path, kind);
  let best = Infinity;
  for (let i = 0; i < runs; i++) best = Math.min(best, await secondsToRead(path));
  const peer = await pandasSeconds(path, kind);
  const against = peer === null ? {} : { against: { name: 'pandas', value: peer, most: 1 } };
  return { name: `reading ${kind.name}, processor time`, value: best, unit: 's', ...against };
}

/** A clock and six signals, as a logger would write them. */
async function writeTable(path: string, kind: Kind): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write('time,ax,ay,az,gx,gy,gz\n');
    for (let start = 0; start < rows; start += 10_000) {
      const lines = Array.from({ length: 10_000 }, (_, i) => rowAt(start + i, kind));
      await file.write(`${lines.join('\n')}\n`);
    }
  } finally {
    await file.close();
  }
}

function rowAt(t: number, { stamp }: Kind): string {
  const signals = Array.from({ length: columns - 1 }, (_, c) => Math.sin(t * 0.01 * (c + 1)) + Math.sin(t * t + c));
  return [stamp(t), ...signals.map((value) => value.toFixed(6))].join(',');
}

async function secondsToRead(path: string): Promise<number> {
  const started = process.cpuUsage();
  const content = await readFile(path, defaultReadOptions, 1);
  const { user, system } = process.cpuUsage(started);
  const [sequence] = content?.sequences ?? [];
  if (sequence?.channels.length !== columns - 1 || stepsOf(sequence) !== rows) throw new Error('the table is misread');
  return (user + system) / 1e6;
}

/** @returns `null` where there is no Python with pandas */
async function pandasSeconds(path: string, { dates }: Kind): Promise<number | null> {
  const python = await pythonWith('pandas');
  return python === null ? null : Number((await run(python, ['-c', pandas, path, ...dates])).output);
}
