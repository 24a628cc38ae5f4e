import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { UnreadableError } from '../../reader';
import { asUnreadable, withSource } from '../../source';
import { readRecordHeader } from './record';

/** A folder with more headers than this is not searched through. */
const mostHeaders = 10_000;

/**
 * The header in the same folder that names the signal file at `path`: the one with the same stem if it does, else the first by name.
 * @returns its path, or `null` if there is none
 * @throws UnreadableError when the folder cannot be listed
 */
export async function wfdbHeaderOf(path: string): Promise<string | null> {
  const folder = dirname(path);
  const file = basename(path);
  const stem = basename(path, extname(path));
  const names = await readdir(folder).catch((error: unknown) => {
    throw asUnreadable(error);
  });
  const headers = names.filter((name) => extname(name).toLowerCase() === '.hea').sort();
  const own = headers.filter((name) => basename(name, extname(name)) === stem);
  const others = headers.filter((name) => !own.includes(name)).slice(0, mostHeaders);
  for (const header of [...own, ...others].map((name) => join(folder, name))) {
    if (await mentions(header, file)) return header;
  }
  return null;
}

async function mentions(header: string, file: string): Promise<boolean> {
  try {
    return await withSource(header, async (source) => {
      const { signals } = await readRecordHeader(source);
      return signals.some((signal) => signal.file === file);
    });
  } catch (error) {
    // A damaged header names nothing; it is reported when it is itself read.
    if (error instanceof UnreadableError) return false;
    throw error;
  }
}
