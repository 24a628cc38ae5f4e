import type { SkippedFile } from '../../protocol/engine';
import { files as filesOf } from '../../l10n/nouns';
import { formatCount } from '../../l10n/numbers';
import { t } from '../../l10n/messages';
import { plain } from '../editor/text';
import type { Remedy, SkippedGroup } from './skippedGroups';

/** A line of the list: the head of a reason, what a setting can do about it, or a file. */
export type SkippedItem =
  | { readonly kind: 'reason'; readonly label: string }
  | { readonly kind: 'remedy'; readonly label: string; readonly detail: string; readonly remedy: Remedy }
  | { readonly kind: 'file'; readonly label: string; readonly detail: string; readonly path: string };

/** What was skipped as a list to pick from, by reason and file. */
export function skippedItems(groups: readonly SkippedGroup[]): readonly SkippedItem[] {
  return groups.flatMap(({ reason, files, remedy }): SkippedItem[] => [
    { kind: 'reason', label: `${plain(reason, 120)} (${formatCount(files.length)})` },
    ...(remedy === null ? [] : [remedyItem(remedy, files.length)]),
    ...files.map((file): SkippedItem => ({
      kind: 'file',
      label: plain(file.name),
      detail: plain(t('Skipped, because {0}.', file.reason), 500),
      path: file.path,
    })),
  ]);
}

function remedyItem(remedy: Remedy, files: number): SkippedItem {
  return {
    kind: 'remedy',
    label: `$(gear) ${t('Raise the limit to {0} MB', formatCount(remedy.value))}`,
    detail: t('Changes kindred.{0} for this workspace, so that Kindred can read {1}.', remedy.setting, filesOf(files)),
    remedy,
  };
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
