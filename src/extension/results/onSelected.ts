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
  const refs = (await list.matchesIn(parts)).map(({ sequence }) => sequence.ref);
  if (refs.length === 0) return null;
  switch (type) {
    case 'copyPaths':
      await port.copyPaths([...new Set(refs.map(({ path }) => path))]);
      return null;
    case 'setLabel': {
      // The list holds the labels as they were when it was made.
      const isLabelled = await port.setLabel(refs);
      return isLabelled ? { arrangement: arrangement(), fresh: true, quietly: true } : null;
    }
    case 'exclude': {
      const { filter, ...others } = arrangement();
      const excluded = [...filter.excluded, ...refs.map((ref) => ({ ...ref }))].slice(-mostExcluded);
      return { arrangement: { ...others, filter: { ...filter, excluded } }, fresh: false, quietly: false };
    }
  }
}
