import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../../../src/core/recordings/marks';
import { defaultReadOptions } from '../../../../../src/core/recordings/reader';
import { markContent, readFile } from '../../../../../src/core/recordings/readFile';
import { reasonFor, scratchFolder, signals } from '../binary/fixtures';

const folder = scratchFolder();

async function segmentsIn(path: string) {
  const content = await readFile(path, { ...defaultReadOptions, decisions: { segments: true } }, 1);
  return (content?.sequences ?? []).flatMap((sequence) => {
    if (sequence === null) return [];
    const [first] = sequence.channels;
    return [{ label: sequence.label, name: sequence.name, values: [...(first?.values ?? [])] }];
  });
}

const table = (rows: readonly string[]) => `x,activity\n${rows.join('\n')}\n`;

describe('segments', () => {
  it('of a table begin where its labels change, and leave out rows without one', async () => {
    const activities = ['walk', 'walk', 'walk', '', '', 'run', 'run', 'run', 'run', 'walk', 'walk', 'walk'];
    const path = folder.write(
      'activity.csv',
      table(activities.map((activity, row) => `${row * row * 0.5},${activity}`)),
    );
    expect(await segmentsIn(path)).toEqual([
      { label: 'walk', name: '0 to 3', values: [0, 0.5, 2] },
      { label: 'run', name: '5 to 9', values: [12.5, 18, 24.5, 32] },
      { label: 'walk', name: '9 to 12', values: [40.5, 50, 60.5] },
    ]);
  });

  it('of a table with a gap in its clock lie where the labels do', async () => {
    const times = [0, 10, 20, 30, 70, 80, 90, 100, 110, 120, 130, 140];
    const rows = times.map((time, row) => `${time},${Math.sin(row)},${time < 70 ? 'still' : 'moving'}`);
    const path = folder.write('gap.csv', `time [ms],x,label\n${rows.join('\n')}\n`);
    const segments = await segmentsIn(path);
    expect(segments.map(({ label }) => label)).toEqual(['still', 'moving']);
    expect(segments[1]?.values.at(-1)).toBeCloseTo(Math.sin(11), 6);
    expect(segments[1]?.values.slice(0, 3).map((value) => value.toFixed(4))).toContain(Math.sin(4).toFixed(4));
  });

  it('of EDF+ are its annotations, as long as they say', async () => {
    const segments = await segmentsIn(join(signals, 'plus.edf'));
    expect(segments.map(({ label, name, values }) => [label, name, values.length])).toEqual([
      ['Recording starts', '0 s to 1.5 s', 30],
      // Two of a second each, which touch.
      ['Sleep stage W', '1.5 s to 3.5 s', 40],
    ]);
  });

  it('of BrainVision last from one marker to the next', async () => {
    const segments = await segmentsIn(join(signals, 'multiplexed.vhdr'));
    expect(segments.map(({ label, values }) => [label, values.length])).toEqual([
      ['S  1', 4],
      ['S  2', 22],
    ]);
  });

  it('of WFDB last from one rhythm to the next, and a file of annotations belongs to the record', async () => {
    const word = (code: number, interval: number) => Buffer.from(Uint16Array.of((code << 10) | interval).buffer);
    const text = (value: string) => {
      const bytes = Buffer.from(value);
      return Buffer.concat([word(63, bytes.length), bytes, Buffer.alloc(bytes.length % 2)]);
    };
    const header = folder.write('ecg.hea', 'ecg 1 100 3000\necg.dat 16 200 16 0 0 0 0 I\n');
    folder.write('ecg.dat', Buffer.from(Int16Array.from({ length: 3000 }, (_, t) => (t * 37) % 400).buffer));
    expect(await reasonFor(segmentsIn(header))).toMatch(/has neither labels that change nor annotations/);
    const before = await markContent(header, defaultReadOptions);
    // A beat, a rhythm, a pause longer than a word counts, another rhythm, and the end.
    const pause = Buffer.from(Int16Array.of(0, 1950).buffer);
    const annotations = [
      word(1, 20),
      word(28, 30),
      text('(N'),
      word(5, 100),
      word(59, 0),
      pause,
      word(28, 0),
      text('(AFIB'),
      word(0, 0),
    ];
    folder.write('ecg.atr', Buffer.concat(annotations));
    expect((await segmentsIn(header)).map(({ label, name }) => [label, name])).toEqual([
      ['N', '0.5 s to 21 s'],
      ['AFIB', '21 s to 30 s'],
    ]);
    const after = await markContent(header, defaultReadOptions);
    expect(after.companions.at(-1)).toBe(join(folder.path, 'ecg.atr'));
    expect(after.hash).not.toBe(before.hash);
  });

  it('of WFDB without rhythms last from one annotation to the next', async () => {
    copyFileSync(join(folder.path, 'ecg.dat'), join(folder.path, 'apnea.dat'));
    const header = folder.write('apnea.hea', 'apnea 1 100 3000\napnea.dat 16 200 16 0 0 0 0 I\n');
    const codes = [1, 1, 8, 8, 1];
    const words = codes.map((code, i) => (code << 10) | (i === 0 ? 0 : 600));
    folder.write('apnea.apn', Buffer.from(Uint16Array.from([...words, 0]).buffer));
    expect((await segmentsIn(header)).map(({ label, name }) => [label, name])).toEqual([
      ['N', '0 s to 12 s'],
      ['A', '12 s to 24 s'],
      ['N', '24 s to 30 s'],
    ]);
  });

  it('of annotations that end in the middle of one are refused with that reason', async () => {
    folder.write('ecg.atr', Buffer.from(Uint16Array.of((63 << 10) | 40, 0x4141).buffer));
    expect(await reasonFor(segmentsIn(join(folder.path, 'ecg.hea')))).toMatch(
      /“ecg.atr” cannot be used: its annotations end/,
    );
  });

  it('are what painting every step with its label gives', () => {
    const saying = fc.record({ start: fc.integer({ min: -5, max: 30 }), label: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 8 }), fc.integer({ min: 1, max: 25 }), (sayings, steps) => {
        const painted = new Array<string | null>(steps).fill(null);
        const inOrder = [...sayings].sort((a, b) => a.start - b.start);
        for (const { start, label } of inOrder)
          for (let step = Math.max(0, start); step < steps; step++) painted[step] = label;
        const marks = marksOf(
          sayings.map((one) => ({ ...one, length: null })),
          steps,
        );
        const again = new Array<string | null>(steps).fill(null);
        for (const { start, end, label } of marks) again.fill(label, start, end);
        expect(again).toEqual(painted);
        for (const [i, mark] of marks.entries()) {
          const next = marks[i + 1];
          if (next?.start === mark.end) expect(next.label).not.toBe(mark.label);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
