import { copyFile, cp, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../../src/core/distributions/random';
import { writeSampleWorkspace } from '../../src/dev/sample/workspace';
import { npyFile } from '../../src/dev/sample/writers/npy';
import { inProject } from '../../src/dev/project';

/** Real recordings that may lie beside the project; they are no part of it. */
export const realWorkspace = inProject('../shared/data/workspace');

export const hasRealWorkspace = existsSync(realWorkspace);

export async function sampleWorkspace(folder: string): Promise<void> {
  await writeSampleWorkspace(folder);
}

/** The sample workspace, `copies` times, in a folder each. */
export function repeatedSample(copies: number): (folder: string) => Promise<void> {
  return async (folder) => {
    for (let copy = 1; copy <= copies; copy++) await writeSampleWorkspace(join(folder, `copy${copy}`), copy);
  };
}

/** The sample workspace with files that cannot be read. */
export async function workspaceWithDamage(folder: string): Promise<void> {
  await writeSampleWorkspace(folder);
  await mkdir(join(folder, 'damaged'));
  const tone = await readFile(join(folder, 'tones/violin_1.wav'));
  await writeFile(join(folder, 'damaged/truncated.wav'), tone.subarray(0, 20));
  await writeFile(join(folder, 'damaged/wrong.npy'), 'this is no NumPy file');
  await writeFile(join(folder, 'damaged/<img src=x onerror=alert(1)>.csv'), 'word\nonly\ntext\nhere\n');
}

/** Three recordings, of which one is above the limit of size, and a file in which two series of four are too short. */
export async function workspaceWithLimits(folder: string): Promise<void> {
  await folderSettings(folder, { 'kindred.files.maximumMegabytes': 1 });
  const rows = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(i / 9).toFixed(5)).join('\n');
  for (const [name, count] of [
    ['a', 300],
    ['b', 400],
    ['large', 300_000],
  ] as const) {
    await writeFile(join(folder, `${name}.csv`), `x\n${rows(count)}\n`);
  }
  const head = '@timeStamps false\n@univariate true\n@equalLength false\n@classLabel true 1 2\n@data\n';
  const series = [40, 3, 41, 4].map((length) => `${rows(length).replaceAll('\n', ',')}:1`);
  await writeFile(join(folder, 'Some.ts'), `${head}${series.join('\n')}\n`);
}

/** The sample workspace with two files that a reader is not sure of, and one like the first that leaves no doubt. */
export async function workspaceWithDoubts(folder: string): Promise<void> {
  await writeSampleWorkspace(folder);
  await mkdir(join(folder, 'unsure'));
  const clocked = (name: string, frequency: number) => {
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${(16.67 * i).toFixed(2)},${Math.sin(frequency * i).toFixed(5)}`,
    );
    return `${name},gaze\n${rows.join('\n')}\n`;
  };
  await writeFile(join(folder, 'unsure/frames.csv'), clocked('t', 0.3));
  await writeFile(join(folder, 'unsure/twin.csv'), clocked('t_ms', 0.31));
  const rows = Array.from({ length: 40 }, (_, row) =>
    Float32Array.from({ length: 30 }, (_, i) => Math.sin(row / 4 + i)),
  );
  await writeFile(join(folder, 'unsure/square.npy'), npyFile(rows));
}

export async function realRecordings(folder: string): Promise<void> {
  await cp(await realpath(realWorkspace), folder, { recursive: true });
}

/** One file of so many short series with two labels in turn, none like another. */
export function manySequences(count: number): (folder: string) => Promise<void> {
  return async (folder) => {
    const rows = Array.from({ length: count }, (_, row) => {
      const values = Array.from({ length: 32 }, (_, step) => Math.sin(step * (0.2 + row / count)) + row / count);
      return [1 + (row % 2), ...values.map((value) => value.toFixed(5))].join('\t');
    });
    await writeFile(join(folder, 'Many_TRAIN.tsv'), `${rows.join('\n')}\n`);
  };
}

/** Writes the settings of a folder. */
export async function folderSettings(folder: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(values));
}

/** Kinds of recordings, by the time step and a rate. */
const kinds = {
  slow: (t: number, rate: number) => Math.sin((t * rate) / 40),
  fast: (t: number, rate: number) => Math.sin((t * rate) / 6),
  steps: (t: number, rate: number) => Math.sign(Math.sin((t * rate) / 20)),
};
/** So many recordings of each kind. */
export const ofEachKind = 14;

/** Three kinds of recordings, one of which is there twice, one is broken, and one has the label of another kind. */
export async function threeKinds(folder: string): Promise<void> {
  const lines = ['path,label'];
  for (const [kind, wave] of Object.entries(kinds)) {
    await mkdir(join(folder, kind), { recursive: true });
    for (let i = 1; i <= ofEachKind; i++) {
      const random = randomOf(7, `${kind} ${i}`);
      const rate = 0.85 + 0.3 * random.unit();
      const values = Float32Array.from({ length: 600 }, (_, t) => wave(t, rate) + 0.1 * (random.unit() - 0.5));
      if (kind === 'slow' && i === 9) for (const at of [100, 260, 420]) values[at] = 30;
      await writeFile(join(folder, kind, `${kind}_${i}.npy`), npyFile([values]));
      lines.push(`${kind}/${kind}_${i}.npy,${kind === 'fast' && i === 3 ? 'steps' : kind}`);
    }
  }
  await copyFile(join(folder, 'steps/steps_4.npy'), join(folder, 'steps/again.npy'));
  await mkdir(join(folder, 'pairs'));
  for (let i = 1; i <= 3; i++) {
    const random = randomOf(9, `pair ${i}`);
    const channel = () => Float32Array.from({ length: 300 }, () => random.unit());
    await writeFile(join(folder, `pairs/pair_${i}.npy`), npyFile([channel(), channel()]));
  }
  await writeFile(join(folder, 'labels.csv'), `${lines.join('\n')}\n`);
}
