import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import type { Recording } from './recording';
import { archives } from './recordings/archives';
import { bearings } from './recordings/bearings';
import { hearts } from './recordings/hearts';
import { scripts } from './recordings/scripts';
import { tones } from './recordings/tones';
import { walks } from './recordings/walks';

/** A recording of the sample workspace. */
export interface SampleFile {
  /** The file that a reader opens, relative to the folder, with forward slashes. */
  readonly path: string;
  /** `null` for an archive, whose sequences carry labels of their own. */
  readonly label: string | null;
}

const recordings: readonly Recording[] = [...hearts, ...walks, ...bearings, ...scripts, ...tones, ...archives];

/**
 * Writes simulated recordings with known parameters, and `labels.csv` (`path,label`) for those with one label, into
 * `folder`, which is made if it is missing. The same seed gives the same bytes. Files of the same name are replaced,
 * others are left alone.
 * @returns the recordings in the order of `labels.csv`, then the archives.
 */
export async function writeSampleWorkspace(folder: string, seed = 1): Promise<SampleFile[]> {
  const written: SampleFile[] = [];
  for (const recording of recordings) {
    const { path, label } = recording;
    for (const file of recording.generate(randomOf(seed, path))) await writeInto(folder, file.path, file.bytes);
    written.push({ path, label });
  }
  await writeInto(folder, 'labels.csv', labelsFile(written));
  return written;
}

async function writeInto(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const target = join(folder, ...path.split('/'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
}

function labelsFile(files: readonly SampleFile[]): Uint8Array {
  const rows = files.flatMap(({ path, label }) => (label === null ? [] : [`${path},${label}`]));
  return Buffer.from(`path,label\n${rows.join('\n')}\n`);
}
