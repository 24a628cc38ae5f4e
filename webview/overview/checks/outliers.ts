import { faultText, outlierText } from '../../../src/l10n/checks';
import { recordings } from '../../../src/l10n/nouns';
import type { Outliers } from '../../../src/protocol/checks';
import { element } from '../../shared/dom';
import { formatNumber } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { Check } from './checkTab';
import { FindingRow, type Finding, type FindingWorld } from './finding';

type Row = Outliers['rows'][number];

/** Recordings are listed for their samples as well: what is usual is not worth telling. */
const leastTold = 1.2;

/** Recordings that lie apart from the others, with what is wrong with them. */
export function outlierCheck(world: FindingWorld): Check<Row, Outliers> {
  let asked = { layout: null as string | null, ignored: false };
  return {
    name: 'outliers',
    about: t('Recordings that are farther from their nearest than these are from theirs (local outlier factor).'),
    ask: (part, signal) => {
      asked = part;
      return world.asker.ask('overviewOutliers', part, signal);
    },
    finding: (row) => finding(world, row, asked),
    nothing: () => t('No recording lies apart from the others.'),
    counted: recordings,
  };
}

function finding(
  world: FindingWorld,
  { sequence, factor, nearest, distance }: Row,
  { layout, ignored }: { readonly layout: string | null; readonly ignored: boolean },
): Finding {
  const row = new FindingRow(world, 'outlier');
  const faults = row.told('reasons', async (signal) => {
    const found = await world.asker.ask('overviewFaults', { layout, sequence: sequence.ref }, signal);
    return found.map((fault) => faultText(fault, sequence.channels));
  });
  const beside = element('span', { class: 'dim' }, t('Nearest, at {0}', formatNumber(distance)));
  row.node.append(
    element(
      'div',
      { class: 'finding-head' },
      row.name(sequence),
      factor < leastTold ? null : element('span', { class: 'dim' }, outlierText(factor)),
    ),
    element('div', { class: 'finding-plot' }, row.plot(sequence), faults),
    element(
      'div',
      { class: 'finding-plot other' },
      row.plot(nearest),
      element('span', { class: 'finding-beside' }, beside, row.name(nearest)),
    ),
    row.actions(
      row.compare(sequence, nearest),
      row.findSimilar(sequence),
      row.setLabel(sequence),
      row.exclude(t('Exclude…'), [sequence], []),
      row.ignore('outliers', [sequence], ignored),
    ),
  );
  return row;
}
