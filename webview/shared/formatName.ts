import { printable } from './format';

/** What people call the formats of files; names of products and standards, which no language translates. */
const names: ReadonlyMap<string, string> = new Map([
  ['delimited', 'CSV'],
  ['ucr', 'UCR'],
  ['ts', 'sktime'],
  ['arff', 'ARFF'],
  ['lvm', 'LabVIEW'],
  ['json', 'JSON'],
  ['json-lines', 'JSON Lines'],
  ['gzip', 'gzip'],
  ['npy', 'NPY'],
  ['npz', 'NPZ'],
  ['mat', 'MATLAB'],
  ['hdf5', 'HDF5'],
  ['parquet', 'Parquet'],
  ['arrow', 'Arrow'],
  ['fit', 'FIT'],
  ['wav', 'WAV'],
  ['aiff', 'AIFF'],
  ['flac', 'FLAC'],
  ['mp3', 'MP3'],
  ['vorbis', 'Ogg Vorbis'],
  ['wfdb', 'WFDB'],
  ['edf', 'EDF'],
  ['brainvision', 'BrainVision'],
]);

/** The name of a format as it is shown. */
export function formatName(format: string): string {
  return names.get(format) ?? printable(format);
}
