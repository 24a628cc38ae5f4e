import type { Reader } from './reader';
import { arffReader } from './readers/arff';
import { delimitedReader } from './readers/delimited';
import { npyReader } from './readers/npy';
import { npzReader } from './readers/npz';
import { tsReader } from './readers/ts';
import { ucrReader } from './readers/ucr';
import { wavReader } from './readers/wav';
import { wfdbReader } from './readers/wfdb';
import type { ByteSource } from './source';

/** Every reader; of those that share an extension the more particular one comes first. */
const readers: readonly Reader[] = [
  npyReader,
  npzReader,
  wavReader,
  wfdbReader,
  tsReader,
  arffReader,
  ucrReader,
  delimitedReader,
];

/** Lower-case extensions, with their dot, of files that a reader may claim. */
export const supportedExtensions: ReadonlySet<string> = new Set(readers.flatMap((reader) => reader.extensions));

/** Grows when any reader's version does: what was read by another set of readers must be read again. */
export const readersVersion = readers.map((reader) => `${reader.format}${reader.version}`).join(' ');

/** The reader that claims a file, or `null` for a file that is to be passed over silently. */
export function readerOf(source: ByteSource): Reader | null {
  const { extension } = source;
  return readers.find((reader) => reader.extensions.includes(extension) && reader.claims(source)) ?? null;
}
