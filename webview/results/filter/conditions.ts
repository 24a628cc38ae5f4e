import { noFilter, type MatchFilter, type Range } from '../../../src/protocol/listing';
import { formatCount, formatNumber, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { formatName } from '../../shared/formatName';

export type Filter = MatchFilter;

/** One condition of a filter, as it is shown, with the filter that is left without it. */
export interface Condition {
  readonly text: string;
  readonly without: Filter;
}

/** The filter that lets everything through. */
export function emptyFilter(): Filter {
  return structuredClone(noFilter);
}

/** The conditions of a filter, but for its free text, which stands in a field of its own. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  const conditions: Condition[] = [];
  const add = (text: string, change: Partial<Filter>): void => {
    conditions.push({ text, without: { ...filter, ...change } });
  };
  if (filter.path.trim() !== '') add(t('Path: {0}', printable(filter.path)), { path: '' });
  for (const label of filter.labels) {
    add(t('Label: {0}', labelText(label)), { labels: filter.labels.filter((other) => other !== label) });
  }
  for (const format of filter.formats) {
    add(t('Format: {0}', formatName(format)), { formats: filter.formats.filter((other) => other !== format) });
  }
  const none = { least: null, most: null };
  for (const [name, range, change] of [
    [t('Rate'), rangeText(filter.rate, t('Hz')), { rate: none }],
    [t('Length'), rangeText(filter.length, unitText(filter.lengthUnit)), { length: none }],
    [t('Channels'), rangeText(filter.channels, ''), { channels: none }],
    [t('Distance'), rangeText(filter.distance, ''), { distance: none }],
  ] as const) {
    if (range !== null) add(`${name} ${range}`, change);
  }
  if (filter.unsure) add(t('To check only'), { unsure: false });
  if (filter.excluded.length > 0) add(t('{0} excluded', formatCount(filter.excluded.length)), { excluded: [] });
  return conditions;
}

/** A label as it is shown, also where there is none. */
export function labelText(label: string | null): string {
  return label === null ? t('none') : printable(label);
}

/** The unit in which lengths are filtered. */
export function unitText(unit: MatchFilter['lengthUnit']): string {
  return unit === 'seconds' ? t('s') : t('steps');
}

/** `≥ 2 Hz`, `≤ 3 s`, `2–3 Hz`, or `null` for a range without bounds. */
export function rangeText({ least, most }: Range, unit: string): string | null {
  const after = unit === '' ? '' : ` ${unit}`;
  if (least !== null && most !== null) return `${formatNumber(least, 4)}–${formatNumber(most, 4)}${after}`;
  if (least !== null) return `≥ ${formatNumber(least, 4)}${after}`;
  return most === null ? null : `≤ ${formatNumber(most, 4)}${after}`;
}
