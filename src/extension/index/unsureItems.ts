import type { UnsureFile } from '../../protocol/engine';
import { plain } from '../editor/text';

export interface UnsureItem {
  readonly label: string;
  readonly detail: string;
  readonly path: string;
}

/** The files that the readers were not sure of, as a list to pick from. */
export function unsureItems(files: readonly UnsureFile[]): readonly UnsureItem[] {
  return files.map(({ path, file, doubts }) => ({ label: plain(file), detail: plain(doubts.join(' '), 500), path }));
}
