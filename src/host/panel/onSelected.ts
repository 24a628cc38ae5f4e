import type { SequenceSummary } from '../../protocol/engine';
import type { SetLabelParams } from '../../protocol/labels';
import type { FromWebview, PanelArrangement } from '../../protocol/panel';
import type { PanelList } from './panelList';
import type { PanelPort } from './panelPort';

/** What the page asks for with the matches at some positions of the list. */
export type OnSelected = Extract<FromWebview, { type: 'copyPaths' | 'setLabel' | 'exclude' }>;

/** How the panel must list anew after that. */
export interface Relisting {
  readonly arrangement: PanelArrangement;
  readonly fresh: boolean;
  readonly quietly: boolean;
}

/** As many matches as an arrangement may exclude. */
const mostExcluded = 10_000;

/**
 * Does what is asked for with the selected matches.
 *
 * @param arrangement that of the panel, which may change while the user is asked for a label
 * @returns `null` if the list stays as it is
 */
export async function onSelected(
  { type, parts }: OnSelected,
  list: PanelList,
  arrangement: () => PanelArrangement,
  port: Pick<PanelPort, 'copyPaths' | 'setLabel'>,
): Promise<Relisting | null> {
  const sequences = (await list.matchesIn(parts)).map(({ sequence }) => sequence);
  if (sequences.length === 0) return null;
  switch (type) {
    case 'copyPaths':
      await port.copyPaths([...new Set(sequences.map(({ ref }) => ref.path))]);
      return null;
    case 'setLabel': {
      // The list holds the labels as they were when it was made.
      const isLabelled = await port.setLabel(sequences.map(targetOf));
      return isLabelled ? { arrangement: arrangement(), fresh: true, quietly: true } : null;
    }
    case 'exclude': {
      const { filter, ...others } = arrangement();
      const excluded = [...filter.excluded, ...sequences.map(({ ref }) => ({ ...ref }))].slice(-mostExcluded);
      return { arrangement: { ...others, filter: { ...filter, excluded } }, fresh: false, quietly: false };
    }
  }
}

/** A file of one sequence is labelled as a whole: that needs no number in `labels.csv`. */
function targetOf({ ref, siblings }: SequenceSummary): SetLabelParams['targets'][number] {
  return { path: ref.path, number: siblings === 1 ? null : ref.number };
}
