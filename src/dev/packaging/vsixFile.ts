import { openPromise } from 'yauzl';

/** The files of a package by their paths, `extension/...` those of the extension. @throws Error for what is no zip file */
export async function readVsix(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await openPromise(path);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    if (name.endsWith('/')) continue;
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    files.set(name, Buffer.concat(pieces));
  }
  return files;
}
