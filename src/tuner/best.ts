import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEncoder, type EncoderFile } from '../core/encoder/description';
import { writeEncoder } from '../core/training/trainer/encoderFile';

/**
 * The weights of a fine-tuning that ranked best, in a folder of their own for each step: a process that is killed while it
 * writes better ones leaves those that its state names.
 */
const folderOf = (folder: string, step: number) => join(folder, 'best', String(step));

/** Keeps the weights of a step. */
export async function writeBest(folder: string, step: number, encoder: EncoderFile): Promise<void> {
  await writeEncoder(folderOf(folder, step), encoder);
}

/** @throws EncoderError when those of that step are not there */
export function readBest(folder: string, step: number): Promise<EncoderFile> {
  return readEncoder(folderOf(folder, step));
}

/** Removes the weights of every other step. */
export async function removeOtherBest(folder: string, step: number): Promise<void> {
  for (const name of await readdir(join(folder, 'best')))
    if (name !== String(step)) await rm(join(folder, 'best', name), { recursive: true, force: true });
}
