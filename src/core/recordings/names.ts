import { basename, extname } from 'node:path';

const packed = '.gz';

/** The lower-case extension of a file, with its dot; with the one below it where the file is packed: `.csv.gz`. */
export function extensionOf(path: string): string {
  const name = basename(path).toLowerCase();
  const last = extname(name);
  return last === packed ? extname(name.slice(0, -packed.length)) + packed : last;
}

/** The name that a packed file has when it is unpacked: `a.csv` for `a.csv.gz`. */
export function unpackedName(path: string): string {
  return path.slice(0, -packed.length);
}
