import type { SkippedFile } from '../../protocol/engine';
import { t } from '../../l10n/messages';
import { formatCount } from '../../l10n/numbers';
import { sequences as sequencesOf } from '../../l10n/nouns';

/** A setting, without its leading `kindred.`, with a value by which files of a group can be read. */
export interface Remedy {
  readonly setting: 'files.maximumMegabytes';
  readonly value: number;
}

/** What was skipped of one file for one reason. */
export interface SkippedPart {
  readonly path: string;
  /** The file, and how many or which of its sequences. */
  readonly name: string;
  /** Ends the sentence "skipped, because ...". */
  readonly reason: string;
}

/** What was skipped for one reason. */
export interface SkippedGroup {
  /** The reason, with "…" for what differs from file to file. */
  readonly reason: string;
  readonly files: readonly SkippedPart[];
  /** `null` where no setting helps. */
  readonly remedy: Remedy | null;
}

/** Sequences of a file that are named one by one. */
const mostNamed = 5;

/** What was skipped by its reason, the one with the most files first, and of each reason by file. */
export function skippedGroups(skipped: readonly SkippedFile[]): readonly SkippedGroup[] {
  const groups = [...groupedBy(skipped, ({ reason }) => patternOf(reason)).values()].map((group): SkippedGroup => {
    const files = [...groupedBy(group, ({ path }) => path).values()].map(partOf);
    return { reason: commonText(group.map(({ reason }) => reason)), files, remedy: remedyOf(group) };
  });
  return groups.sort((a, b) => b.files.length - a.files.length);
}

function partOf(ofFile: readonly [SkippedFile, ...SkippedFile[]]): SkippedPart {
  const [{ path, file }] = ofFile;
  const numbers = ofFile.flatMap(({ number }) => (number === null ? [] : [number + 1]));
  const reason = commonText(ofFile.map((each) => each.reason));
  if (numbers.length === 0) return { path, name: file, reason };
  if (numbers.length === 1) return { path, name: t('{0} (sequence {1})', file, formatCount(numbers[0] ?? 0)), reason };
  const named = numbers.slice(0, mostNamed).map(formatCount).join(', ');
  const all = numbers.length > mostNamed ? `${named}, …` : named;
  return { path, name: t('{0} ({1}: {2})', file, sequencesOf(numbers.length), all), reason };
}

/** What reasons of one kind have in common: names and numbers differ. */
function patternOf(reason: string): string {
  return reason.replace(/“[^”]*”|"[^"]*"|\d[\d.,]*/g, '…');
}

/** Texts of one pattern as one, with "…" for the words that differ. */
function commonText(texts: readonly string[]): string {
  const [first = '', ...others] = [...new Set(texts)];
  if (others.length === 0) return first;
  const words = others.map((text) => text.split(' '));
  const common = first.split(' ').map((word, i) => (words.every((other) => other[i] === word) ? word : '…'));
  return words.every((other) => other.length === common.length) ? common.join(' ') : patternOf(first);
}

/** How the limit has to be for all files of a group, whose reasons say how large each is, or only what the limit is. */
function remedyOf(group: readonly SkippedFile[]): Remedy | null {
  if (!group.every(({ reason }) => reason.includes('(setting kindred.files.maximumMegabytes)'))) return null;
  const sizes = group.flatMap(({ reason }) => {
    const numbers = [...reason.matchAll(/\d[\d,]*(?= MB)/g)].map(([text]) => Number(text.replaceAll(',', '')));
    const largest = Math.max(...numbers);
    return numbers.length > 1 ? [largest + 1] : [2 * largest];
  });
  return { setting: 'files.maximumMegabytes', value: Math.max(...sizes) };
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
