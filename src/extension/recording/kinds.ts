import { extensionOf } from '../../core/recordings/names';

/** The editor that shows a recording, as the manifest declares it: by itself for some kinds of files, and as an option. */
export const recordingViews = { byItself: 'kindred.recording', asOption: 'kindred.recordingOption' } as const;

/**
 * Extensions, lower-case and with their dot, of the recordings that neither the editor nor a well-known extension shows.
 * The editor plays common sound, and others show HDF5 and Parquet.
 */
export const shownByItself: readonly string[] = [
  ...['.npy', '.npz', '.npy.gz', '.mat'],
  ...['.edf', '.bdf', '.fit', '.flac'],
  ...['.arrow', '.arrows', '.feather', '.ipc'],
  ...['.wave', '.rf64', '.bw64', '.aif', '.aiff', '.aifc'],
  ...['.wav.gz', '.wave.gz', '.rf64.gz', '.bw64.gz'],
];

/** The view that shows the file at `path`, judged by its name alone. */
export function viewOf(path: string): string {
  return shownByItself.includes(extensionOf(path)) ? recordingViews.byItself : recordingViews.asOption;
}

/** Whether a view is one of those that show recordings. */
export function showsRecordings(view: string): boolean {
  return Object.values<string>(recordingViews).includes(view);
}
