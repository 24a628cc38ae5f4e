import { extensionOf } from '../../../core/recordings/names';

/** Extensions, lower-case and without their dot, of the files that a reader may claim. */
export const extensions = [
  ...['csv', 'tsv', 'txt', 'dat'],
  ...['npy', 'npz', 'mat'],
  ...['h5', 'hdf5', 'he5', 'nc', 'nwb', 'snirf'],
  ...['parquet', 'pq', 'arrow', 'arrows', 'feather', 'ipc', 'fit', 'lvm'],
  ...['json', 'jsonl', 'ndjson'],
  ...['wav', 'wave', 'rf64', 'bw64', 'aif', 'aiff', 'aifc', 'flac', 'mp3', 'ogg', 'oga'],
  ...['edf', 'rec', 'bdf', 'vhdr'],
  ...['hea', 'arff', 'ts'],
] as const;

/** Those of them that are hardly ever recordings: menus of single files do not offer to find what is similar to them. */
export const rarelyRecordings: readonly string[] = ['json'];

/** Those of them that a reader may claim packed by gzip as well. */
export const packable = [
  ...['csv', 'tsv', 'txt', 'dat'],
  'npy',
  ...['wav', 'wave', 'rf64', 'bw64'],
  ...['arff', 'ts', 'lvm'],
  ...['json', 'jsonl', 'ndjson'],
] as const;

const known: ReadonlySet<string> = new Set([
  ...extensions.map((extension) => `.${extension}`),
  ...packable.map((extension) => `.${extension}.gz`),
]);

/** Whether a reader may claim the file at `path`, judged by its name alone. */
export function mayHoldSequences(path: string): boolean {
  return known.has(extensionOf(path));
}
