import type { PanelFacets } from '../../../src/protocol/panel';
import { element, setText } from '../../shared/dom';
import { formatCount, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { type Filter, labelText, unitText } from './conditions';
import { addField, labelled, rangeField, textField } from './fields';

export interface FilterForm {
  readonly nodes: readonly HTMLElement[];
  update(filter: Filter, facets: PanelFacets): void;
}

/** The fields for the conditions of a filter. `change` is given what is to be different. */
export function filterForm(change: (part: Partial<Filter>) => void): FilterForm {
  let filter: Filter | null = null;
  let facets: PanelFacets = { labels: [], formats: [] };
  const path = textField(t('Path'), 'ecg/**/*.csv', (text) => {
    change({ path: text });
  });
  const label = addField(t('Label'), t('Add a label…'), (index) => {
    const value = facets.labels[index]?.value;
    if (filter !== null && value !== undefined && !filter.labels.includes(value)) {
      change({ labels: [...filter.labels, value] });
    }
  });
  const format = addField(t('Format'), t('Add a format…'), (index) => {
    const value = facets.formats[index]?.value;
    if (filter !== null && value !== undefined && !filter.formats.includes(value)) {
      change({ formats: [...filter.formats, value] });
    }
  });
  const rate = rangeField({ least: t('Rate at least, in Hz'), most: t('Rate at most, in Hz') }, (range) => {
    change({ rate: range });
  });
  const length = rangeField({ least: t('Length at least'), most: t('Length at most') }, (range) => {
    change({ length: range });
  });
  const channels = rangeField({ least: t('Channels at least'), most: t('Channels at most') }, (range) => {
    change({ channels: range });
  });
  const distance = rangeField({ least: t('Distance at least'), most: t('Distance at most') }, (range) => {
    change({ distance: range });
  });
  const unit = element('span', { class: 'field-unit' });
  return {
    nodes: [
      labelled(t('Path'), path.node),
      labelled(t('Label'), label.node),
      labelled(t('Format'), format.node),
      labelled(t('Rate'), rate.node, element('span', { class: 'field-unit' }, t('Hz'))),
      labelled(t('Length'), length.node, unit),
      labelled(t('Channels'), channels.node),
      labelled(t('Distance'), distance.node),
    ],
    update: (now, counted) => {
      filter = now;
      facets = counted;
      path.show(now.path);
      label.show(counted.labels.map(({ value, count }) => `${labelText(value)} (${formatCount(count)})`));
      format.show(counted.formats.map(({ value, count }) => `${printable(value)} (${formatCount(count)})`));
      rate.show(now.rate);
      length.show(now.length);
      channels.show(now.channels);
      distance.show(now.distance);
      setText(unit, unitText(now.lengthUnit));
    },
  };
}
