import type { SkippedFile } from '../../protocol/engine';
import { plain } from '../text';

export interface SkippedItem {
  readonly label: string;
  readonly detail: string;
  readonly path: string;
}

/** The skipped files as a list to pick from. */
export function skippedItems(files: readonly SkippedFile[]): readonly SkippedItem[] {
  return files.map((skipped) => ({
    label: plain(nameOf(skipped)),
    detail: plain(`Skipped, because ${skipped.reason}.`, 500),
    path: skipped.path,
  }));
}

/** The skipped files as text, one a line, to be copied into a report. */
export function skippedText(files: readonly SkippedFile[]): string {
  return files.map((skipped) => oneLine(`${nameOf(skipped)}: skipped, because ${skipped.reason}`) + '\n').join('');
}

function nameOf({ file, number }: SkippedFile): string {
  return number === null ? file : `${file} (sequence ${number + 1})`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
