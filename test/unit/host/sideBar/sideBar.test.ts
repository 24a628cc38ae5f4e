import { describe, expect, it } from 'vitest';
import { encoderNodes } from '../../../../src/host/sideBar/encoderNodes';
import { indexNodes } from '../../../../src/host/sideBar/indexNodes';
import { withSearch, type RecentSearch } from '../../../../src/host/sideBar/recentList';
import { recentNodes } from '../../../../src/host/sideBar/recentNodes';

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
  const layouts = [
    {
      channels: ['x', 'y'],
      sequences: 1200,
      labels: [
        { value: 'walk', count: 1000 },
        { value: null, count: 200 },
      ],
    },
    { channels: [null], sequences: 1, labels: [{ value: null, count: 1 }] },
  ];

  it('is shown by layout, with its labels', () => {
    const nodes = indexNodes(layouts, []);
    expect(nodes.map(({ label, description }) => [label, description])).toEqual([
      ['x, y', '1,200 sequences'],
      ['1 channel', '1 sequence'],
    ]);
    expect(nodes[0]?.children?.map(({ label, description }) => [label, description])).toEqual([
      ['walk', '1,000'],
      ['Without a label', '200'],
    ]);
  });

  it('lists what was skipped with its reason, at most 500 of them', () => {
    const skipped = Array.from({ length: 501 }, (_, i) => ({
      path: `/w/${i}.csv`,
      file: `${i}$(x).csv`,
      number: i === 0 ? 2 : null,
      reason: 'it is empty',
    }));
    const node = indexNodes([], skipped)[0];
    expect(node).toMatchObject({ label: 'Skipped Files', description: '501' });
    expect(node?.children).toHaveLength(501);
    expect(node?.children?.[0]).toMatchObject({ label: '0\\$(x).csv (sequence 3)', description: 'it is empty' });
    expect(node?.children?.at(-1)).toMatchObject({ label: '+1 more', command: { id: 'kindred.showSkipped' } });
  });

  it('with many channels counts those that it does not name', () => {
    const channels = Array.from({ length: 64 }, (_, i) => `c${i}`);
    expect(indexNodes([{ channels, sequences: 2, labels: [] }], [])[0]?.label).toBe(
      'c0, c1, c2, c3, c4, c5, c6, c7, +56 more',
    );
  });
});

describe('the encoders', () => {
  it('name the one in use', () => {
    const encoder = { name: 'seven kinds', training: 'trained on …', sha256: 'abc' };
    expect(encoderNodes({ encoder })).toMatchObject([{ label: 'seven kinds', description: 'in use' }]);
  });
});
