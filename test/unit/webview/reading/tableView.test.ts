import { beforeEach, describe, expect, it, vi } from 'vitest';
import { columnRoleText, rowRoleText } from '../../../../src/l10n/reading';
import { readingDescription, type DescribedTable } from '../../../../src/protocol/reading';
import { tableView } from '../../../../webview/reading/tableView';
import { plainDocument, type PlainNode } from '../finetune/plainDocument';

beforeEach(() => {
  vi.stubGlobal('document', plainDocument);
  return () => {
    vi.unstubAllGlobals();
  };
});

const table: DescribedTable = {
  columns: [
    { name: '<b>t</b>', role: 'clock' },
    { name: null, role: 'leftOut' },
  ],
  rows: [
    { line: 1, role: 'passedOver', cells: ['<script>alert(1)</script>'] },
    { line: 2, role: 'names', cells: ['<b>t</b>', ''] },
    { line: 3, role: 'samples', cells: ['1\u202e2', 'x'] },
  ],
};

describe('the first lines of a table', () => {
  it('are told with what each was taken for in words', () => {
    const view = tableView();
    view.show(table);
    const said = (view.node as unknown as PlainNode).said();
    for (const text of ['Clock', 'Left out', 'Passed over', 'Names', 'Samples']) expect(said).toContain(text);
    // Every text of the file is a text node as it is, without marks that would turn the writing round.
    for (const text of ['<b>t</b>', '<script>alert(1)</script>', '1\ufffd2']) expect(said).toContain(text);
  });

  it('are not there for a format that is no table of text', () => {
    const view = tableView();
    view.show(null);
    expect((view.node as unknown as PlainNode).said()).toEqual([]);
  });
});

it('every role of a line and of a column has words of its own', () => {
  const { wrapped } = readingDescription.entries.table;
  const rows = wrapped.entries.rows.item.entries.role.options.map(rowRoleText);
  const columns = wrapped.entries.columns.item.entries.role.options.map(columnRoleText);
  expect(new Set(rows).size).toBe(rows.length);
  expect(new Set(columns).size).toBe(columns.length);
});
