import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './errorCode';
import { isAnotherAlive } from './processes';

/** One that a process of another machine writes, whose number means nothing here, is younger than this. */
const leftMilliseconds = 60_000;

/**
 * Writes a file, and the folders above it, so that at every moment either the old or the whole new one is there, whoever
 * else writes it at the same time. Of several writes the one that ends last stays. What processes have left of it that died
 * while they wrote it is removed.
 *
 * @param content as a whole, or in parts; when a part throws, nothing is written
 * @throws Error of the file system, as on a full disk; the old file is then as it was
 */
export async function writeWhole(path: string, content: string | Uint8Array | Iterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await removeLeftovers(path);
  const partial = `${path}.${process.pid}-${randomUUID()}.partial`;
  try {
    const file = await open(partial, 'w');
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function removeLeftovers(path: string): Promise<void> {
  const beginning = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(beginning)) continue;
    const [, pid] = /^(\d+)-[-\da-f]{36}\.partial$/.exec(name.slice(beginning.length)) ?? [];
    if (pid === undefined || Number(pid) === process.pid || isAnotherAlive(Number(pid))) continue;
    const leftover = join(dirname(path), name);
    if (await isOld(leftover)) await rm(leftover, { force: true });
  }
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > leftMilliseconds;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
