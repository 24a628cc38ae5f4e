import { describe, expect, test } from 'vitest';
import { wfdbReader } from '../../../../../src/core/recordings/formats/wfdb/wfdb';
import { withSource } from '../../../../../src/core/recordings/source';
import { readFile, reasonFor, scratchFolder } from './fixtures';

const folder = scratchFolder();

describe('records of segments', () => {
  const samples = (...values: number[]) => Buffer.from(Int16Array.from(values).buffer);
  const part = (name: string, lines: readonly string[], data: Buffer, head = `${lines.length} 100`) => {
    folder.write(`${name}.dat`, data);
    folder.write(`${name}.hea`, [`${name} ${head}`, ...lines.map((line) => `${name}.dat ${line}`)].join('\n'));
  };
  part('s1', ['16 1/mV 16 0 0 0 0 A', '16 1/mV 16 0 0 0 0 B'], samples(1, 10, 2, 20));
  part('s2', ['16 2/mV 16 0 0 0 0 B'], samples(60, 80, 100));
  part('s3', ['16x2 1/mV 16 0 0 0 0 A'], samples(5, 6, 7, 8));
  part('slow', ['16 1/mV 16 0 0 0 0 A'], samples(1), '1 50');
  folder.write('layout.hea', 'layout 2 100 0\n~ 0 1/mV 16 0 0 0 0 B\n~ 0 1/mV 16 0 0 0 0 A');
  folder.write('inner.hea', 'inner/1 1 100 2\ns1 2');

  const read = async (header: string) => {
    const [sequence] = await readFile(folder.write('whole.hea', header));
    const channels = sequence?.channels.map(({ name, values }) => [name, ...values]);
    return { rate: sequence?.rate, notes: sequence?.notes, channels };
  };

  test('are one recording, with gaps and missing signals as missing samples', async () => {
    expect(await read('whole/3 2 100 7\ns1 2\n~ 2\ns2 3')).toEqual({
      rate: 100,
      notes: ['it has a gap of 2 samples in all'],
      channels: [
        ['A', 1, 2, NaN, NaN, NaN, NaN, NaN],
        ['B', 10, 20, NaN, NaN, 30, 40, 50],
      ],
    });
  });

  test('keep the order of their layout', async () => {
    const { channels, notes } = await read('whole/3 2 100 5\nlayout 0\ns1 2\ns2 3');
    expect(channels?.map(([name]) => name)).toEqual(['B', 'A']);
    expect(notes).toEqual([]);
  });

  test('are brought to the rate of the fastest', async () => {
    expect(await read('whole/2 2 100 4\ns1 2\ns3 2')).toEqual({
      rate: 200,
      notes: [],
      channels: [
        ['A', 1, 1.5, 2, 2, 5, 6, 7, 8],
        ['B', 10, 15, 20, 20, NaN, NaN, NaN, NaN],
      ],
    });
  });

  test.each([
    ['whole/1 1 100 2\ninner 2', 'its segment “inner” is divided again'],
    ['whole/1 1 100 2\nslow 2', 'its segment “slow” has 50 Hz, not 100'],
    ['whole/1 2 100 0\nlayout 0', 'it holds no samples'],
    ['whole/1 2 100 9\nlayout 9', 'its segments hold no samples'],
    ['whole/2 2 100 4000000000000\ns1 2\n~ 4000000000000', /it holds 8000000000004 samples, more than the limit/],
  ])('%j is refused', async (header, reason) => {
    expect(await reasonFor(read(header))).toMatch(reason);
  });

  test('name all files that they consist of', async () => {
    const path = folder.write('whole.hea', 'whole/3 2 100 5\nlayout 0\ns1 2\ns2 3');
    const companions = await withSource(path, async (source) => (await wfdbReader.companions?.(source)) ?? []);
    expect(companions.map((companion) => companion.slice(folder.path.length + 1)).sort()).toEqual([
      'layout.hea',
      's1.dat',
      's1.hea',
      's2.dat',
      's2.hea',
    ]);
  });
});
