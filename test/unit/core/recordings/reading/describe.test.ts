import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeReading } from '../../../../../src/core/recordings/reading/describe';
import type { Decisions } from '../../../../../src/core/recordings/reading/decisions';
import { defaultReadOptions, UnreadableError } from '../../../../../src/core/recordings/reader';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-describe-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function described(name: string, content: string | Buffer, decisions?: Decisions) {
  const path = join(folder, name);
  await writeFile(path, content);
  return describeReading(path, decisions === undefined ? defaultReadOptions : { ...defaultReadOptions, decisions });
}

const rows = (line: (i: number) => string, count = 60) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
const wave = (i: number) => Math.sin(i / 3).toFixed(3);
const text = `Device: A\n\nt;x;valid\nms;mV;\n${rows((i) => `${i * 4};${wave(i)};0`)}\n`;

describe('how a file is read', () => {
  it('is told by line and by column', async () => {
    const { format, problem, decided, table, sequences, sequenceCount } = await described('a.csv', text);
    expect({ format, problem, sequenceCount }).toEqual({ format: 'delimited', problem: null, sequenceCount: 1 });
    expect(decided).toEqual({
      ...{ delimiter: 'semicolon', decimal: '.', headerLines: 4, clock: 't', clockUnit: 'ms', label: null },
      series: 'columns',
    });
    expect(table?.rows.slice(0, 6)).toEqual([
      { line: 1, role: 'passedOver', cells: ['Device: A'] },
      { line: 2, role: 'passedOver', cells: [''] },
      { line: 3, role: 'names', cells: ['t', 'x', 'valid'] },
      { line: 4, role: 'units', cells: ['ms', 'mV', ''] },
      { line: 5, role: 'samples', cells: ['0', '0.000', '0'] },
      { line: 6, role: 'samples', cells: ['4', '0.327', '0'] },
    ]);
    expect(table?.rows).toHaveLength(40);
    expect(table?.columns.slice(0, 2)).toEqual([
      { name: 't', role: 'clock' },
      { name: 'x', role: 'channel' },
    ]);
    expect(sequences).toMatchObject([{ rate: 250, steps: 60, channels: [{ name: 'x', unit: 'mV' }] }]);
  });

  it('follows a rule', async () => {
    const { decided, sequences } = await described('b.csv', text, { clock: null, rate: 9 });
    expect(decided).toMatchObject({ clock: null, rate: 9, delimiter: 'semicolon' });
    expect(sequences[0]?.rate).toBe(9);
  });

  it('is told of packed text, of series and of names in comments', async () => {
    const packed = await described('c.csv.gz', gzipSync(text));
    expect([packed.format, packed.table?.rows[2]?.role, packed.decidable.includes('delimiter')]).toEqual([
      'gzip',
      'names',
      true,
    ]);
    const archive = await described(
      'd.tsv',
      rows((i) => [i % 2, ...Array.from({ length: 20 }, (_, k) => wave(k + i))].join('\t')),
    );
    expect(archive.sequenceCount).toBe(60);
    expect(archive.sequences).toHaveLength(20);
    expect(archive.table?.columns.slice(0, 2).map(({ role }) => role)).toEqual(['label', 'series']);
    const saved = await described('e.txt', `# x y\n${rows((i) => `${wave(i)} ${wave(i + 2)}`)}`);
    expect(saved.table?.rows[0]).toEqual({ line: 1, role: 'names', cells: ['x', 'y'] });
  });

  it('shows where samples begin far below', async () => {
    const { table } = await described(
      'f.csv',
      `${rows((i) => `note ${i} of the device`, 100)}\na,b\n${rows((i) => `${wave(i)},${wave(i + 1)}`, 300)}`,
    );
    expect(table?.rows[0]?.line).toBe(1);
    expect(table?.rows.filter(({ role }) => role === 'names')).toEqual([
      { line: 101, role: 'names', cells: ['a', 'b'] },
    ]);
    expect(table?.rows.length).toBeLessThanOrEqual(40);
  });

  it('is why it cannot be read, with the lines of the text', async () => {
    const { problem, table, sequences } = await described('g.csv', 'name,city\nAnn,Rome\nBob,Bonn\n');
    expect(problem).toBe('it has no numeric column');
    expect(sequences).toEqual([]);
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      ['name', 'city'],
      ['Ann', 'Rome'],
      ['Bob', 'Bonn'],
    ]);
  });

  it('is why a decision cannot be carried out', async () => {
    const { problem, decided, table } = await described('h.csv', text, { clock: 'when' });
    expect(problem).toBe('reading.json names the clock column "when", which it does not have');
    expect(decided).toMatchObject({ clock: 'when', delimiter: 'semicolon' });
    expect(table?.rows[2]?.role).toBe('names');
  });

  it('names a sequence that cannot be used', async () => {
    const { problem, sequences } = await described('i.csv', `a\n${rows(() => '5')}`);
    expect(sequences[0]?.problem).toBe('its only channel is constant');
    expect(problem).toBe('its only channel is constant');
  });

  it('stays small for a hostile text', async () => {
    const wide = Array.from({ length: 3000 }, (_, i) => `${i}`.repeat(40)).join();
    const { table } = await described('j.csv', `${wide}\n${wide.replace(/\d+/g, '1.5')}\n`);
    expect(Math.max(...(table?.rows.map(({ cells }) => cells.length) ?? []))).toBe(100);
    expect(Math.max(...(table?.rows.flatMap(({ cells }) => cells.map((cell) => cell.length)) ?? []))).toBe(80);
    expect(table?.columns.length).toBeLessThanOrEqual(1000);
  });

  it('is not told of other formats line by line', async () => {
    const { table, decidable, format } = await described(
      'k.json',
      JSON.stringify(Array.from({ length: 40 }, (_, i) => i % 7)),
    );
    expect([format, table, decidable.includes('clock'), decidable.includes('delimiter')]).toEqual([
      'json',
      null,
      true,
      false,
    ]);
  });

  it('is refused for a file of no format, or none at all', async () => {
    await expect(described('l.xyz', 'x')).rejects.toThrow(UnreadableError);
    await expect(describeReading(join(folder, 'nowhere.csv'), defaultReadOptions)).rejects.toThrow(UnreadableError);
  });
});
