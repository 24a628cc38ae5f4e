import { element, setText } from '../../shared/dom';
import { formatCount, formatNumber, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { Entry } from './colouring';
import { colourings, type ColourBy, type MapModel } from './mapModel';
import { colourOf, cssOf, readMapTheme } from './mapTheme';
import { onThemeChange } from '../../shared/plots/theme';

/** What the points are coloured by, what each colour stands for, and which of them are shown. */
export class MapLegend {
  readonly node: HTMLElement;
  private readonly by: HTMLSelectElement;
  private readonly entries = element('div', { class: 'map-legend-entries', role: 'group', 'aria-label': t('Legend') });
  private readonly all: HTMLButtonElement;
  private drawn = '';

  constructor(private readonly model: MapModel) {
    this.by = element('select', { class: 'select', id: 'colour-by' });
    this.by.append(...colourings.map((each) => element('option', { value: each }, nameOf(each))));
    this.by.addEventListener('change', () => {
      const chosen = colourings.find((each) => each === this.by.value);
      if (chosen !== undefined) model.colourPoints(chosen);
    });
    this.all = element('button', { class: 'link', type: 'button' }, t('Show all'));
    this.all.addEventListener('click', () => {
      model.showAll();
    });
    const select = element('button', { class: 'link', type: 'button' }, t('Select what is shown'));
    select.addEventListener('click', () => {
      model.select(model.shown);
    });
    const label = element('label', { for: 'colour-by' }, t('Colour by'));
    const head = element('div', { class: 'map-legend-head' }, label, this.by, this.all, select);
    this.node = element('div', { class: 'map-legend' }, head, this.entries);
    model.onChange((change) => {
      if (change !== 'places') this.draw();
    });
    onThemeChange(() => {
      this.drawn = '';
      this.draw();
    });
  }

  private draw(): void {
    const { colouring, hidden, colourBy } = this.model;
    this.by.value = colourBy;
    this.all.hidden = hidden.size === 0;
    const key = JSON.stringify([colourBy, this.model.from === null, colouring.entries]);
    if (key !== this.drawn) {
      this.drawn = key;
      const theme = readMapTheme();
      const buttons = colouring.entries.map((entry, i) =>
        this.button(this.textOf(entry, i), entry.points, cssOf(colourOf(entry, colouring.kind, theme)), i),
      );
      const needsFocus = colourBy === 'distance' && this.model.from === null;
      const text = needsFocus
        ? t('Click a point, and all are coloured by how far they are from it.')
        : t('Not known yet');
      const none = element('p', { class: 'dim' }, text);
      this.entries.replaceChildren(...(buttons.length === 0 ? [none] : buttons));
    }
    for (const [i, button] of [...this.entries.querySelectorAll('button')].entries()) {
      button.setAttribute('aria-pressed', String(!hidden.has(i)));
    }
  }

  private button(text: string, points: number, colour: string, entry: number): HTMLElement {
    const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = colour;
    const name = element('bdi', { class: 'legend-name' });
    setText(name, text);
    const count = element('span', { class: 'dim' }, formatCount(points));
    const title = t('Show or hide {0}; double-click shows it alone', text);
    const button = element('button', { class: 'legend-entry', type: 'button', title }, swatch, name, count);
    button.addEventListener('click', (event) => {
      // A double click shows it alone: its two clicks leave it as it was.
      this.model.toggle(entry);
      if (event.detail === 2) this.model.isolate(entry);
    });
    return button;
  }

  private textOf({ value }: Entry, place: number): string {
    const { colouring, colourBy } = this.model;
    if (colouring.hasOthers && place === colouring.entries.length - 1) return t('Others');
    if (value === null) return t('None');
    if (typeof value === 'string') return isTop(value) && colourBy === 'folder' ? t('Top folder') : printable(value);
    const [least, most] = value.map((number) => formatNumber(number));
    return least === most ? (least ?? '') : t('{0} to {1}', least ?? '', most ?? '');
  }
}

/** Whether a folder is the one that holds all others. */
function isTop(folder: string): boolean {
  return folder === '' || folder === '.';
}

function nameOf(by: ColourBy): string {
  switch (by) {
    case 'label':
      return t('Label');
    case 'folder':
      return t('Folder');
    case 'format':
      return t('Format');
    case 'length':
      return t('Length in time steps');
    case 'outlier':
      return t('Outlier factor');
    case 'nearest':
      return t('Distance of the nearest');
    case 'distance':
      return t('Distance from the recording in focus');
  }
}
