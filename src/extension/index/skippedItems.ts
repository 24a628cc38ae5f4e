import type { SkippedFile } from '../../protocol/engine';
import { plain } from '../editor/text';
import { t } from '../../l10n/messages';

export interface SkippedItem {
  readonly label: string;
  readonly detail: string;
  readonly path: string;
}

/** The skipped files as a list to pick from. */
export function skippedItems(files: readonly SkippedFile[]): readonly SkippedItem[] {
  return files.map((skipped) => ({
    label: plain(nameOf(skipped)),
    detail: plain(t('Skipped, because {0}.', skipped.reason), 500),
    path: skipped.path,
  }));
}

/** The skipped files as text, one a line, to be copied into a report. */
export function skippedText(files: readonly SkippedFile[]): string {
  return files
    .map((skipped) => oneLine(t('{0}: skipped, because {1}', nameOf(skipped), skipped.reason)) + '\n')
    .join('');
}

function nameOf({ file, number }: SkippedFile): string {
  return number === null ? file : t('{0} (sequence {1})', file, number + 1);
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
