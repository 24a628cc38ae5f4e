import type { Reader } from './reader';
import { aiffReader } from './formats/aiff/aiff';
import { arffReader } from './formats/arff/arff';
import { arrowReader } from './formats/arrow/arrow';
import { flacReader } from './formats/audio/flac';
import { delimitedReader } from './formats/delimited/delimited';
import { fitReader } from './formats/fit/fit';
import { gzipReader } from './formats/gzip/gzip';
import { hdf5Reader } from './formats/hdf5/hdf5';
import { jsonReader } from './formats/json/json';
import { jsonLinesReader } from './formats/json/lines';
import { lvmReader } from './formats/lvm/lvm';
import { matReader } from './formats/mat/mat';
import { mp3Reader } from './formats/mp3/mp3';
import { brainvisionReader } from './formats/brainvision/brainvision';
import { edfReader } from './formats/edf/edf';
import { npyReader } from './formats/npy/npy';
import { npzReader } from './formats/npz/npz';
import { parquetReader } from './formats/parquet/parquet';
import { tsReader } from './formats/ts/ts';
import { ucrReader } from './formats/ucr/ucr';
import { vorbisReader } from './formats/vorbis/vorbis';
import { wavReader } from './formats/wav/wav';
import { wfdbReader } from './formats/wfdb/wfdb';
import type { ByteSource } from './source';

/** Every reader; of those that share an extension the more particular one comes first. */
const readers: readonly Reader[] = [
  npyReader,
  npzReader,
  matReader,
  hdf5Reader,
  parquetReader,
  arrowReader,
  fitReader,
  lvmReader,
  jsonReader,
  jsonLinesReader,
  wavReader,
  flacReader,
  mp3Reader,
  vorbisReader,
  aiffReader,
  wfdbReader,
  edfReader,
  brainvisionReader,
  tsReader,
  arffReader,
  ucrReader,
  delimitedReader,
  gzipReader([
    npyReader,
    wavReader,
    tsReader,
    arffReader,
    ucrReader,
    delimitedReader,
    lvmReader,
    jsonReader,
    jsonLinesReader,
  ]),
];

/** Lower-case extensions, with their dot, of files that a reader may claim. */
export const supportedExtensions: ReadonlySet<string> = new Set(readers.flatMap((reader) => reader.extensions));

/** Grows with the order of channels. */
const layoutVersion = 1;

/** Grows when any reader's version does: what was read by another set of readers must be read again. */
export const readersVersion = [
  ...readers.map((reader) => `${reader.format}${reader.version}`),
  `layout${layoutVersion}`,
].join(' ');

/** The reader that claims a file, or `null` for a file that is to be passed over silently. */
export function readerOf(source: ByteSource): Reader | null {
  const { extension } = source;
  return readers.find((reader) => reader.extensions.includes(extension) && reader.claims(source)) ?? null;
}
