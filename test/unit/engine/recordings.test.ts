import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { npyFile } from '../../../src/dev/sample/writers/npy';
import { recording, testBed } from './workspace';

const bed = testBed();

/** One file of three series with labels, the second too short to be used. */
const series = (): string => {
  const row = (label: number, steps: number) =>
    [label, ...Array.from({ length: steps }, (_, t) => Math.sin(t / (2 + label)).toFixed(4))].join('\t');
  return [row(1, 40), row(2, 40), row(1, 40)].join('\n');
};

describe('a file that somebody looks at', () => {
  it('is told of without being in the index, with its label, its group and how its channels vary', async () => {
    bed.workspace.write('labels.csv', 'path,label,group\nsub/a.csv,walking,Ada\n');
    const path = bed.workspace.write('sub/a.csv', recording(0.2));
    const engine = await bed.tested.open(bed.workspace, { exclude: ['**/*.csv'] });
    const view = await engine.ask('recording', { path, number: 0 });
    expect(view).toMatchObject({
      summary: { ref: { path, number: 0 }, file: 'sub/a.csv', siblings: 1, steps: 200, channels: ['x', 'y'] },
      group: 'Ada',
      units: [null, null],
      problem: null,
    });
    expect(view.summary.label).toBe('walking');
    expect(Math.max(...view.variation)).toBe(1);
    expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(0);
  });

  it('shows its last sequence where it holds fewer than are asked for, and lists them in parts', async () => {
    const path = bed.workspace.write('Many_TRAIN.tsv', series());
    const engine = await bed.tested.open(bed.workspace);
    const { summary } = await engine.ask('recording', { path, number: 9 });
    expect(summary.ref.number).toBe(2);
    const listed = await engine.ask('sequenceList', { ref: summary.ref, from: 1, count: 200 });
    expect(listed.map(({ number, label, steps, usable }) => [number, label, steps, usable])).toEqual([
      [1, '2', 40, true],
      [2, '1', 40, true],
    ]);
  });

  it('says why a sequence cannot be shown', async () => {
    const path = bed.workspace.write('flat.npy', npyFile([new Float32Array(100)]));
    const engine = await bed.tested.open(bed.workspace);
    const { problem, summary } = await engine.ask('recording', { path, number: 0 });
    expect(problem).toBe('its only channel is constant');
    expect(summary.channels).toEqual([]);
  });

  it('is read again when it has changed, and refused when it is gone', async () => {
    const path = bed.workspace.write('a.csv', recording(0.2));
    const engine = await bed.tested.open(bed.workspace);
    const steps = async () => (await engine.ask('recording', { path, number: 0 })).summary.steps;
    expect(await steps()).toBe(200);
    bed.workspace.write('a.csv', recording(0.2, { steps: 300 }));
    expect(await steps()).toBe(300);
    rmSync(path);
    await expect(steps()).rejects.toThrow('a.csv');
  });

  it('can be heard: the samples of a stretch of a channel are handed out as they are', async () => {
    const path = bed.workspace.write('a.npy', npyFile([Float32Array.from({ length: 400 }, (_, t) => Math.sin(t / 9))]));
    const engine = await bed.tested.open(bed.workspace);
    const ref = { path, number: 0 };
    const { span, values } = await engine.ask('samples', { ref, channel: 0, span: { start: 390, end: 500 } });
    expect(span).toEqual({ start: 390, end: 400 });
    const bytes = Uint8Array.from(Buffer.from(values, 'base64'));
    expect(Array.from(new Float32Array(bytes.buffer))).toEqual(
      Array.from({ length: 10 }, (_, i) => Math.fround(Math.sin((390 + i) / 9))),
    );
    const beyond = engine.ask('samples', { ref, channel: 0, span: { start: 400, end: 500 } });
    await expect(beyond).rejects.toThrow('changed');
  });

  it('has neighbours in its folder, in the order in which numbers count', async () => {
    for (const name of ['take10.csv', 'take2.csv', 'take1.csv', 'sub/take3.csv'])
      bed.workspace.write(name, recording(0.2));
    const engine = await bed.tested.open(bed.workspace);
    const of = async (name: string) => {
      const { previous, next } = await engine.ask('neighbours', { path: bed.workspace.path(name) });
      return [previous, next].map((path) => path && path.slice(bed.workspace.folder.length + 1));
    };
    expect(await of('take2.csv')).toEqual(['take1.csv', 'take10.csv']);
    expect(await of('take10.csv')).toEqual(['take2.csv', null]);
    // One that is in no index has its place beside the others.
    expect(await of('take3.csv')).toEqual(['take2.csv', 'take10.csv']);
  });
});
