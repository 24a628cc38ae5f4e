import { describe, expect, it } from 'vitest';
import { encoderItems } from '../../../../src/extension/encoders/encoderItems';
import { encoderNodes } from '../../../../src/extension/encoders/encoderNodes';
import { indexNodes } from '../../../../src/extension/index/indexNodes';
import { unsureItems } from '../../../../src/extension/index/unsureItems';
import { withSearch, type RecentSearch } from '../../../../src/extension/results/recent/recentNodes';
import { recentNodes } from '../../../../src/extension/results/recent/recentNodes';
import type { EncoderEntry } from '../../../../src/protocol/encoders';

const search = (path: string, number = 0): RecentSearch => ({ query: { path, number }, file: path.slice(1) });

describe('recent searches', () => {
  it('have the latest first, each once, and at most 30', () => {
    let searches: readonly RecentSearch[] = [];
    for (let i = 0; i < 40; i++) searches = withSearch(searches, search(`/${i}`));
    searches = withSearch(searches, search('/20'));
    expect(searches).toHaveLength(30);
    expect(searches.slice(0, 2).map(({ file }) => file)).toEqual(['20', '39']);
    expect(withSearch([search('/a')], search('/a', 1))).toHaveLength(2);
  });

  it('are the same with other marks, and others with other queries', () => {
    const ref = (path: string) => ({ path, number: 0 });
    const set = (queries: string[], more: string[]) => ({
      queries: queries.map(ref),
      more: more.map(ref),
      less: [],
      by: 'nearest' as const,
    });
    const asked = [
      search('/a'),
      { ...search('/a'), set: set([], ['/m']) },
      { ...search('/a'), set: set(['/b', '/c'], ['/m', '/n']) },
    ];
    const searches = asked.reduce<readonly RecentSearch[]>(withSearch, []);
    expect(searches).toEqual([asked[2], asked[1]]);
    const [several, marked] = recentNodes(searches);
    expect(several).toMatchObject({ label: 'a and 2 more', description: '2 marks' });
    expect(several?.command?.argument).toEqual({ path: '/a', number: 0, set: asked[2]?.set });
    expect(marked).toMatchObject({ label: 'a', description: '1 mark' });
  });

  it('are lines that search again', () => {
    const [first, second] = recentNodes([search('/w/ecg/a.csv'), search('/b.tsv', 4)]);
    expect(first).toMatchObject({ label: 'a.csv', description: 'w/ecg' });
    expect(second).toMatchObject({
      label: 'b.tsv (sequence 5)',
      command: { id: 'kindred.searchAgain', argument: { path: '/b.tsv', number: 4 } },
    });
  });
});

describe('the index', () => {
  const member = { path: '/w/a.csv', number: 0 };
  const layouts = [
    {
      member,
      channels: ['x', 'y'],
      sequences: 1200,
      labels: [
        { value: 'walk', within: null, count: 1000 },
        { value: '1', within: { path: '/w/b.tsv', file: 'b.tsv' }, count: 150 },
        { value: null, within: null, count: 50 },
      ],
    },
    { member, channels: [null], sequences: 1, labels: [{ value: null, within: null, count: 1 }] },
  ];

  it('is shown by layout, with its labels', () => {
    const nodes = indexNodes(layouts, [], 0);
    expect(nodes.map(({ label, description }) => [label, description])).toEqual([
      ['x, y', '1,200 sequences'],
      ['1 channel', '1 sequence'],
    ]);
    expect(nodes[0]?.children?.map(({ label, description }) => [label, description])).toEqual([
      ['walk', '1,000'],
      ['1', '150 · b.tsv'],
      ['Without a label', '50'],
    ]);
    expect(nodes[0]?.children?.[0]?.command).toEqual({
      id: 'kindred.showLabelled',
      argument: { layoutOf: member, label: { value: 'walk', within: null } },
    });
  });

  it('lists what was skipped by its reason, at most 500 files of each', () => {
    const skipped = Array.from({ length: 501 }, (_, i) => ({
      path: `/w/${i}.csv`,
      file: `${i}$(x).csv`,
      number: i === 0 ? 2 : null,
      reason: 'it is empty',
    }));
    const node = indexNodes([], skipped, 0)[0];
    expect(node).toMatchObject({ label: 'Skipped Files', description: '500 files and 1 sequence skipped' });
    expect(node?.children).toMatchObject([{ label: 'it is empty', description: '501 files' }]);
    const files = node?.children?.[0]?.children;
    expect(files).toHaveLength(501);
    expect(files?.[0]).toMatchObject({ label: '0\\$(x).csv (sequence 3)' });
    expect(files?.at(-1)).toMatchObject({ label: '+1 more', command: { id: 'kindred.showSkipped' } });
  });

  it('counts the files that should be checked, between what it holds and what was skipped', () => {
    const skipped = [{ path: '/w/a.csv', file: 'a.csv', number: null, reason: 'it is empty' }];
    const nodes = indexNodes(layouts, skipped, 12);
    expect(nodes.map(({ label }) => label)).toEqual([
      'x, y',
      '1 channel',
      '12 files: check how they are read',
      'Skipped Files',
    ]);
    expect(nodes[2]?.command).toEqual({ id: 'kindred.showUnsure', argument: undefined });
    expect(indexNodes([], [], 1)[0]?.label).toBe('1 file: check how it is read');
  });

  it('lists the files that should be checked with their doubts, as text', () => {
    const file = {
      path: '/w/$(x).csv',
      file: '$(x).csv',
      doubts: ['The clock "$(bug)" is a guess.', 'So is the label.'],
    };
    expect(unsureItems([file])).toEqual([
      {
        label: '\\$(x).csv',
        detail: 'The clock "\\$(bug)" is a guess. So is the label.',
        path: '/w/$(x).csv',
      },
    ]);
  });

  it('with many channels counts those that it does not name', () => {
    const channels = Array.from({ length: 64 }, (_, i) => `c${i}`);
    expect(indexNodes([{ member, channels, sequences: 2, labels: [] }], [], 0)[0]?.label).toBe(
      'c0, c1, c2, c3, c4, c5, c6, c7, +56 more',
    );
  });
});

describe('the encoders', () => {
  const figure = { before: 0.5, after: 0.75 };
  const encoder = (folder: string, changes: Partial<EncoderEntry> = {}): EncoderEntry => ({
    folder,
    place: 'storage',
    sha256: 'abc',
    card: {
      ...{ name: `encoder in ${folder}`, created: '', base: '', labels: ['a', 'b'], sequences: 12, heldOut: 3 },
      source: { kind: 'folder' },
      figures: { recallAt1: figure, meanAveragePrecision: figure, equalErrorRate: figure },
    },
    problem: null,
    ...changes,
  });
  const nodesOf = (entries: readonly EncoderEntry[], active: string) => encoderNodes(encoderItems(entries, active));

  it('are lines with their figures that rank by them, the one in use marked', () => {
    const [bundled, tuned, shared] = nodesOf(
      [encoder('/models', { place: 'bundled' }), encoder('/e'), encoder('/s', { place: 'shared' })],
      '/e',
    );
    expect(bundled).toMatchObject({
      label: 'Bundled encoder',
      description: 'Comes with Kindred.',
      icon: 'circuit-board',
      command: { id: 'kindred.useEncoder', argument: '/models' },
    });
    const figures = 'recall@1 0.500 → 0.750, mAP 0.500 → 0.750: 2 labels, 12 sequences, by names of folders';
    expect(tuned).toEqual({
      id: '/e',
      label: 'encoder in /e',
      description: `in use · ${figures}`,
      tooltip: `encoder in /e\n${figures}\nSHA-256 abc`,
      icon: 'check',
      context: 'encoder',
      command: { id: 'kindred.useEncoder', argument: '/e' },
    });
    expect(shared).toMatchObject({ description: `in .kindred/models · ${figures}`, icon: 'circuit-board' });
  });

  it('warn of one that cannot be used, in use or not, and say why', () => {
    const problem = 'The card of the encoder in /e is damaged.';
    const [node] = nodesOf([encoder('/e', { sha256: '', problem })], '');
    expect(node).toMatchObject({ description: problem, tooltip: `encoder in /e\n${problem}`, icon: 'warning' });
    const [used] = nodesOf([encoder('/e', { problem })], '/e');
    expect(used).toMatchObject({ description: `in use · ${problem}`, icon: 'warning' });
  });

  it('show hostile texts as one line of plain text', () => {
    const hostile = `$(flame)\u202e\n<img src=x onerror=alert(1)>${'x'.repeat(5000)}`;
    const { card } = encoder('/e');
    const [named, imported, broken] = nodesOf(
      [
        encoder('/a', { card: { ...card, name: hostile }, sha256: hostile }),
        encoder('/b', { card: { ...card, figures: null, base: hostile } }),
        encoder('/c', { problem: hostile }),
      ],
      '',
    );
    expect(named?.label).toMatch(/^\\\$\(flame\) <img src=x onerror=alert\(1\)>x+…$/);
    for (const node of [named, imported, broken]) {
      expect(node?.tooltip?.split('\n').length).toBeLessThanOrEqual(3);
      for (const shown of [node?.label, node?.description, node?.tooltip]) {
        expect(shown).not.toMatch(/\u202e|(?<!\\)\$\(/);
        expect(shown?.length).toBeLessThan(700);
      }
    }
  });
});
