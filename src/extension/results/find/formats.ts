import { extname } from 'node:path';

/** Extensions, lower-case and without their dot, of the files that a reader may claim. */
export const extensions = [
  ...['csv', 'tsv', 'txt', 'dat'],
  ...['npy', 'npz'],
  ...['wav', 'wave', 'rf64', 'bw64', 'aif', 'aiff', 'aifc'],
  ...['edf', 'rec', 'bdf', 'vhdr'],
  ...['hea', 'arff', 'ts'],
] as const;

/** Whether a reader may claim the file at `path`, judged by its name alone. */
export function mayHoldSequences(path: string): boolean {
  const extension = extname(path).slice(1).toLowerCase();
  return extensions.some((known) => known === extension);
}
