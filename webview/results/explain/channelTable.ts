import { element } from '../../shared/dom';
import { formatNumber, formatShare } from '../../shared/format';
import { t } from '../../shared/l10n';
import { channelName } from '../../shared/plots/legend';

/** What each channel adds to the distance, largest first, as a table whose numbers sum to the distance. */
export function channelTable(
  names: readonly (string | null)[],
  parts: readonly number[],
  format: (value: number) => string,
): HTMLElement {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const largest = Math.max(Number.MIN_VALUE, ...parts);
  const order = parts.map((part, channel) => ({ part, channel })).sort((a, b) => b.part - a.part);
  const rows = order.map(({ part, channel }) => {
    const bar = element('span', { class: 'part-fill' });
    bar.style.transform = `scaleX(${part / largest})`;
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('bdi', {}, channelName(names[channel] ?? null, channel))),
      element('td', { class: 'part-bar', 'aria-hidden': 'true' }, element('span', { class: 'bar' }, bar)),
      element('td', { class: 'number', title: formatNumber(part, 6) }, format(part)),
      element('td', { class: 'number dim' }, total > 0 ? formatShare(part / total) : '–'),
    );
  });
  const head = element(
    'tr',
    { class: 'visually-hidden-row' },
    element('th', { scope: 'col' }, t('Channel')),
    element('td', { 'aria-hidden': 'true' }),
    element('th', { scope: 'col' }, t('Part of the distance')),
    element('th', { scope: 'col' }, t('Share')),
  );
  const sum = element(
    'tr',
    { class: 'sum' },
    element('th', { scope: 'row', colspan: '2' }, t('Sum: the distance')),
    element('td', { class: 'number' }, format(total)),
    element('td', { class: 'number dim' }, ''),
  );
  return element(
    'table',
    { class: 'parts' },
    element('thead', {}, head),
    element('tbody', {}, ...rows),
    element('tfoot', {}, sum),
  );
}
