import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file, and the folders above it, so that at every moment either the old or the whole new one is there, whoever
 * else writes it at the same time. Of several writes the one that ends last stays.
 *
 * @param content as a whole, or in parts; when a part throws, nothing is written
 * @throws Error of the file system, as on a full disk; the old file is then as it was
 */
export async function writeWhole(path: string, content: string | Uint8Array | Iterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
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
