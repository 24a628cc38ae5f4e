import { columnRoleText, rowRoleText } from '../../src/l10n/reading';
import type { DescribedTable } from '../../src/protocol/reading';
import { element, isolated } from '../shared/dom';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';

/** The beginning of a text table, with what each line and each column was taken for, in words and in colour. */
export function tableView(): { readonly node: HTMLElement; show(table: DescribedTable | null): void } {
  const table = element('table', { class: 'cells' });
  const scroller = element('div', {
    class: 'scroller',
    tabindex: '0',
    role: 'region',
    'aria-label': t('The first lines of the file'),
  });
  scroller.append(table);
  const node = element('section', { class: 'reading-table' }, element('h2', {}, t('What the file holds')), scroller);
  let shown: string | null = null;
  return {
    node,
    show: (described) => {
      const key = JSON.stringify(described);
      if (key === shown) return;
      shown = key;
      node.hidden = described === null;
      table.replaceChildren(...(described === null ? [] : partsOf(described)));
    },
  };
}

function partsOf(table: DescribedTable): readonly HTMLElement[] {
  const caption = element(
    'caption',
    { class: 'visually-hidden' },
    t('The first lines of the file, with what each line and each column was taken for'),
  );
  const corner = element('th', { scope: 'col', class: 'corner' }, t('Line'));
  const heads = table.columns.map(({ name, role }, c) =>
    element(
      'th',
      { scope: 'col', class: `column ${role}` },
      element('span', { class: 'column-number' }, String(c + 1)),
      name === null ? null : isolated('column-name', printable(name)),
      element('span', { class: 'role' }, columnRoleText(role)),
    ),
  );
  return [
    caption,
    element('thead', {}, element('tr', {}, corner, ...heads)),
    element('tbody', {}, ...table.rows.map((row) => rowOf(row, table))),
  ];
}

function rowOf({ line, role, cells }: DescribedTable['rows'][number], { columns }: DescribedTable): HTMLElement {
  const head = element(
    'th',
    { scope: 'row' },
    element('span', { class: 'line' }, String(line)),
    element('span', { class: 'role' }, rowRoleText(role)),
  );
  const shown = cells.map((text, c) => {
    const cell = element('td', { class: columns[c]?.role ?? '' }, element('bdi', {}, printable(text)));
    // A line above the table may be one text over all columns.
    if (c === cells.length - 1 && cells.length < columns.length) cell.colSpan = columns.length - c;
    return cell;
  });
  return element('tr', { class: role }, head, ...shown);
}
