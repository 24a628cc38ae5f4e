import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../core/files/processes';

export const lockName = 'process';

/**
 * Claims a folder for this process.
 * @returns whether it could: not while another living process has it
 */
export async function claim(folder: string): Promise<boolean> {
  const path = join(folder, lockName);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const owner = Number(await readFile(path, 'utf8').catch(() => ''));
      if (owner > 0 && owner !== process.pid && isAlive(owner)) return false;
      await rm(path, { force: true });
    }
  }
  return false;
}

export async function release(folder: string): Promise<void> {
  await rm(join(folder, lockName), { force: true });
}
