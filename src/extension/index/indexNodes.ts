import { channels, files as filesOf, filesToCheck, sequences, skippedThings } from '../../l10n/nouns';
import { t } from '../../l10n/messages';
import { formatCount } from '../../l10n/numbers';
import type { LabelCount, LabelledParams, LayoutSummary, SequenceRef, SkippedFile } from '../../protocol/engine';
import { plain } from '../editor/text';
import { skippedGroups, type SkippedGroup, type SkippedPart } from './skippedGroups';

/** A line of a tree in the side bar, with the lines below it. */
export interface TreeNode {
  /** Unique among its siblings, so that the editor remembers what is open. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** The name of one of the editor's own icons. */
  readonly icon?: string;
  readonly command?: { readonly id: string; readonly argument: unknown };
  /** What the menus' `when` clauses call it. */
  readonly context?: string;
  /** What commands of its menu are about. */
  readonly about?: unknown;
  readonly children?: readonly TreeNode[];
}

/** Files below a reason; more would make the tree slow, and the list of skipped files holds all. */
const mostFiles = 500;

/** Names of channels that are listed before the rest is only counted. */
const mostNames = 8;

/**
 * What the index holds: its layouts with their labels, how many files should be checked, and what was skipped.
 * @param unsure the number of files that the readers were not sure of
 */
export function indexNodes(
  layouts: readonly LayoutSummary[],
  skipped: readonly SkippedFile[],
  unsure: number,
): readonly TreeNode[] {
  return [
    ...layouts.map(layoutNode),
    ...(unsure === 0 ? [] : [unsureNode(unsure)]),
    ...(skipped.length === 0 ? [] : [skippedNode(skipped)]),
  ];
}

function unsureNode(count: number): TreeNode {
  return {
    id: 'unsure',
    label: filesToCheck(count),
    icon: 'question',
    command: { id: 'kindred.showUnsure', argument: undefined },
  };
}

function layoutNode({ member, channels: names, sequences: count, labels }: LayoutSummary): TreeNode {
  const named = names.filter((name) => name !== null && name !== '').map((name) => plain(name ?? '', 40));
  const more = named.length > mostNames ? `, ${t('+{0} more', formatCount(named.length - mostNames))}` : '';
  const label = named.length === 0 ? channels(names.length) : `${named.slice(0, mostNames).join(', ')}${more}`;
  return {
    id: JSON.stringify(names),
    label,
    description: sequences(count),
    tooltip: `${channels(names.length)}${named.length === 0 ? '' : `: ${named.join(', ')}`}\n${sequences(count)}`,
    icon: 'graph-line',
    context: 'recordings',
    about: { layoutOf: member } satisfies Pick<LabelledParams, 'layoutOf'>,
    children: labels.map((each) => labelNode(each, member)),
  };
}

function labelNode({ value, within, count }: LabelCount, layoutOf: SequenceRef): TreeNode {
  const argument = { layoutOf, label: { value, within } } satisfies LabelledParams;
  return {
    id: JSON.stringify([value, within?.path ?? null]),
    label: value === null ? t('Without a label') : plain(value),
    description: within === null ? formatCount(count) : `${formatCount(count)} · ${plain(within.file)}`,
    icon: value === null ? 'circle-outline' : 'tag',
    command: { id: 'kindred.showLabelled', argument },
    context: 'recordings',
    about: argument,
  };
}

function skippedNode(skipped: readonly SkippedFile[]): TreeNode {
  const sequences = skipped.filter(({ number }) => number !== null).length;
  return {
    id: 'skipped',
    label: t('Skipped Files'),
    description: skippedThings(skipped.length - sequences, sequences),
    icon: 'warning',
    context: 'skipped',
    children: skippedGroups(skipped).map(reasonNode),
  };
}

function reasonNode({ reason, files, remedy }: SkippedGroup): TreeNode {
  const showAll = { id: 'kindred.showSkipped', argument: undefined };
  const rest = files.length - mostFiles;
  const fix: TreeNode = { id: 'remedy', label: t('What a setting can do…'), icon: 'gear', command: showAll };
  const others: TreeNode = {
    id: 'rest',
    label: t('+{0} more', formatCount(rest)),
    icon: 'list-unordered',
    command: showAll,
  };
  return {
    id: reason,
    label: plain(reason),
    description: filesOf(files.length),
    tooltip: t('Skipped, because {0}.', plain(reason, 1000)),
    icon: 'warning',
    children: [
      ...(remedy === null ? [] : [fix]),
      ...files.slice(0, mostFiles).map((file) => fileNode(file, reason)),
      ...(rest > 0 ? [others] : []),
    ],
  };
}

/** @param group the reason that it stands below: a file may stand below several */
function fileNode({ path, name, reason }: SkippedPart, group: string): TreeNode {
  return {
    id: `${group} ${path}`,
    label: plain(name),
    tooltip: t('Skipped, because {0}.', plain(reason, 1000)),
    icon: 'file',
    context: 'skippedFile',
    command: { id: 'kindred.openSkippedFile', argument: path },
  };
}
