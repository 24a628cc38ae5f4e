import { extensionOf } from '../../../core/recordings/names';

/** Extensions, lower-case and without their dot, of the files that a reader may claim. */
export const extensions = [
  ...['csv', 'tsv', 'txt', 'dat'],
  ...['npy', 'npz', 'mat'],
  ...['h5', 'hdf5', 'he5', 'nc', 'nwb', 'snirf'],
  ...['parquet', 'pq'],
  ...['wav', 'wave', 'rf64', 'bw64'],
  ...['hea', 'arff', 'ts'],
] as const;

/** Those of them that a reader may claim packed by gzip as well. */
export const packable = [
  ...['csv', 'tsv', 'txt', 'dat'],
  'npy',
  ...['wav', 'wave', 'rf64', 'bw64'],
  ...['arff', 'ts'],
] as const;

const known: ReadonlySet<string> = new Set([
  ...extensions.map((extension) => `.${extension}`),
  ...packable.map((extension) => `.${extension}.gz`),
]);

/** Whether a reader may claim the file at `path`, judged by its name alone. */
export function mayHoldSequences(path: string): boolean {
  return known.has(extensionOf(path));
}
