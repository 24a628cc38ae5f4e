import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { evenlySpaced } from '../../core/distributions/evenlySpaced';
import { defaultReadOptions } from '../../core/recordings/reader';
import { readFile } from '../../core/recordings/readFile';
import { readPack } from '../../core/training/packs/readPack';
import { inProject } from '../project';
import type { Series } from './plantCopies';

/** A recording into which a defect may be planted. */
export interface Recording {
  readonly series: Series;
  /** In Hz, or `null`. */
  readonly rate: number | null;
  /** The code of its label, or -1. */
  readonly label: number;
}

/** Recordings of one layout that are compared with one another. */
export interface Corpus {
  readonly name: string;
  readonly recordings: readonly Recording[];
}

const folders = ['ecg', 'gaze', 'pen', 'plant', 'speech', 'walking'] as const;
const packs = ['ecg', 'gaze', 'pen', 'speech', 'walking'] as const;

/** Archives would be most of all recordings otherwise. */
const mostOfPack = 250;
/** Shorter series have nothing to cut from. */
const fewestSteps = 60;

/** What is planted into: the folders of the workspace of recordings, and packs of validation. */
export async function corporaToPlant(): Promise<readonly Corpus[]> {
  const read: Corpus[] = [];
  for (const name of folders) read.push({ name: `workspace/${name}`, recordings: await folderOf(name) });
  for (const name of packs) read.push(await packOf(name, mostOfPack));
  for (const name of ['ucr/SwedishLeaf', 'ucr/FiftyWords', 'ucr/MedicalImages', 'ucr/ToeSegmentation1']) {
    read.push(await packOf(name, mostOfPack));
  }
  return read;
}

/** Whole packs with labels. */
export async function labelledCorpora(): Promise<readonly Corpus[]> {
  const sets = (await readdir(inProject('../shared/data/validation/ucr'))).filter((name) => name.endsWith('.npz'));
  const names = [...packs, ...sets.sort().map((name) => `ucr/${name.replace('.npz', '')}`)];
  const read: Corpus[] = [];
  for (const name of names) read.push(await packOf(name, mostLabelled, 16));
  return read;
}

const mostLabelled = 1200;

async function folderOf(name: string): Promise<readonly Recording[]> {
  const folder = inProject(`../shared/data/workspace/${name}`);
  const found: Recording[] = [];
  for (const file of (await readdir(folder)).sort()) {
    if (name === 'ecg' && file.endsWith('.dat')) continue;
    const content = await readFile(join(folder, file), defaultReadOptions, fewestSteps);
    for (const sequence of content?.sequences ?? []) {
      if (sequence === null) continue;
      found.push({ series: sequence.channels.map(({ values }) => values), rate: sequence.rate, label: -1 });
    }
  }
  return found;
}

async function packOf(name: string, most: number, least = fewestSteps): Promise<Corpus> {
  const { sequences } = await readPack(inProject(`../shared/data/validation/${name}.npz`));
  const usable = sequences.filter(({ channels }) => (channels[0]?.length ?? 0) >= least);
  return {
    name,
    recordings: evenlySpaced(usable, most).map(({ channels, label }) => ({
      series: channels,
      rate: rates[name] ?? null,
      label,
    })),
  };
}

/** What the packs' own description says of their rates, in Hz. */
const rates: Readonly<Record<string, number>> = { ecg: 180, speech: 8000, walking: 32, gaze: 25 };
