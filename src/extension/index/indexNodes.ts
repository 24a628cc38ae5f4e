import { channels, filesToCheck, sequences } from '../../l10n/nouns';
import { t } from '../../l10n/messages';
import { formatCount } from '../../l10n/numbers';
import type { LayoutSummary, SkippedFile } from '../../protocol/engine';
import { plain } from '../editor/text';

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
  readonly children?: readonly TreeNode[];
}

/** Files below a line; more would make the tree slow, and the list of skipped files holds all. */
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

function layoutNode({ channels: names, sequences: count, labels }: LayoutSummary): TreeNode {
  const named = names.filter((name) => name !== null && name !== '').map((name) => plain(name ?? '', 40));
  const more = named.length > mostNames ? `, ${t('+{0} more', formatCount(named.length - mostNames))}` : '';
  const label = named.length === 0 ? channels(names.length) : `${named.slice(0, mostNames).join(', ')}${more}`;
  return {
    id: JSON.stringify(names),
    label,
    description: sequences(count),
    tooltip: `${channels(names.length)}${named.length === 0 ? '' : `: ${named.join(', ')}`}\n${sequences(count)}`,
    icon: 'graph-line',
    children: labels.map(({ value, count: labelled }) => ({
      id: JSON.stringify(value),
      label: value === null ? t('Without a label') : plain(value),
      description: formatCount(labelled),
      icon: value === null ? 'circle-outline' : 'tag',
    })),
  };
}

function skippedNode(skipped: readonly SkippedFile[]): TreeNode {
  const files = skipped.slice(0, mostFiles).map(({ path, file, number, reason }): TreeNode => ({
    id: `${number ?? ''} ${path}`,
    label: plain(number === null ? file : t('{0} (sequence {1})', file, number + 1)),
    description: plain(reason),
    tooltip: t('Skipped, because {0}.', plain(reason, 1000)),
    icon: 'warning',
    context: 'skippedFile',
    command: { id: 'kindred.openSkippedFile', argument: path },
  }));
  const rest = skipped.length - files.length;
  const others: readonly TreeNode[] =
    rest === 0
      ? []
      : [
          {
            id: 'rest',
            label: t('+{0} more', formatCount(rest)),
            icon: 'list-unordered',
            command: { id: 'kindred.showSkipped', argument: undefined },
          },
        ];
  return {
    id: 'skipped',
    label: t('Skipped Files'),
    description: formatCount(skipped.length),
    icon: 'warning',
    context: 'skipped',
    children: [...files, ...others],
  };
}
