import type { PanelFacets } from '../../../src/protocol/panel';
import { element, setText } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/l10n';
import { formatName } from '../../shared/formatName';
import { type Filter, labelText, unitText } from './conditions';
import { addField, checkField, labelled, rangeField, textField } from './fields';

export interface FilterForm {
  readonly nodes: readonly HTMLElement[];
  update(filter: Filter, facets: PanelFacets): void;
}

/** The fields for the conditions of a filter. `change` is given what is to be different. */
export function filterForm(change: (part: Partial<Filter>) => void): FilterForm {
  const path = textField(t('Path'), 'ecg/**/*.csv', (text) => {
    change({ path: text });
  });
  const added = addedFields(change);
  const ranges = rangeFields(change);
  const unsure = checkField(t('Only what is to be checked: its reading is not sure'), (value) => {
    change({ unsure: value });
  });
  const unit = element('span', { class: 'field-unit' });
  return {
    nodes: [
      labelled(t('Path'), path.node),
      labelled(t('Label'), added.label.node),
      labelled(t('Format'), added.format.node),
      labelled(t('Rate'), ranges.rate.node, element('span', { class: 'field-unit' }, t('Hz'))),
      labelled(t('Length'), ranges.length.node, unit),
      labelled(t('Channels'), ranges.channels.node),
      labelled(t('Distance'), ranges.distance.node),
      unsure.node,
    ],
    update: (filter, facets) => {
      path.show(filter.path);
      added.update(filter, facets);
      for (const key of ['rate', 'length', 'channels', 'distance'] as const) ranges[key].show(filter[key]);
      unsure.show(filter.unsure);
      setText(unit, unitText(filter.lengthUnit));
    },
  };
}

/** Labels and formats, of which any number can be added. */
function addedFields(change: (part: Partial<Filter>) => void) {
  let filter: Filter | null = null;
  let facets: PanelFacets = { labels: [], formats: [] };
  const label = addField(t('Label'), t('Add a label…'), (index) => {
    const value = facets.labels[index]?.value;
    if (filter === null || value === undefined || filter.labels.includes(value)) return;
    change({ labels: [...filter.labels, value] });
  });
  const format = addField(t('Format'), t('Add a format…'), (index) => {
    const value = facets.formats[index]?.value;
    if (filter === null || value === undefined || filter.formats.includes(value)) return;
    change({ formats: [...filter.formats, value] });
  });
  return {
    label,
    format,
    update: (now: Filter, counted: PanelFacets): void => {
      filter = now;
      facets = counted;
      label.show(counted.labels.map(({ value, count }) => `${labelText(value)} (${formatCount(count)})`));
      format.show(counted.formats.map(({ value, count }) => `${formatName(value)} (${formatCount(count)})`));
    },
  };
}

function rangeFields(change: (part: Partial<Filter>) => void) {
  return {
    rate: rangeField({ least: t('Rate at least, in Hz'), most: t('Rate at most, in Hz') }, (rate) => {
      change({ rate });
    }),
    length: rangeField({ least: t('Length at least'), most: t('Length at most') }, (length) => {
      change({ length });
    }),
    channels: rangeField({ least: t('Channels at least'), most: t('Channels at most') }, (channels) => {
      change({ channels });
    }),
    distance: rangeField({ least: t('Distance at least'), most: t('Distance at most') }, (distance) => {
      change({ distance });
    }),
  };
}
