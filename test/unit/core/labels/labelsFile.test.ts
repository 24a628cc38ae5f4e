import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelsFile, LabelsFileError } from '../../../../src/core/labels/labelsFile';
import { LabelTable } from '../../../../src/core/labels/labelTable';
import { readLabels } from '../../../../src/core/labels/readLabels';

const whole = (path: string) => ({ path, number: null });
const table = (text: string) => new LabelTable(LabelsFile.parse(text).entries());

describe('reading labels.csv', () => {
  it('finds paths, globs, groups and single sequences', () => {
    const labels = table('path,label,session\na/1.csv,anna,mon\nb/*.csv,ben,tue\n**/deep.csv,carl,\n');
    expect(labels.find('a/1.csv', 0)).toMatchObject({ label: 'anna', group: 'mon', conflicts: [] });
    expect(labels.find('b/7.csv', 3)).toMatchObject({ label: 'ben', group: 'tue' });
    expect(labels.find('x/y/deep.csv', 0)).toMatchObject({ label: 'carl', group: null });
    expect(labels.find('a/2.csv', 0)).toBeNull();
    const numbered = table('path,sequence,label\na.npz,,all\na.npz,3,third\n');
    expect(numbered.find('a.npz', 2)).toMatchObject({ label: 'third', ofSequence: true });
    expect(numbered.find('a.npz', 1)).toMatchObject({ label: 'all', ofSequence: false });
  });

  it('prefers a path to a glob and tells of lines that contradict each other', () => {
    const labels = table('path,label\na/*.csv,many\na/1.csv,one\na/2.csv,x\na/2.csv,y\na/?.csv,few\n');
    expect(labels.find('a/1.csv', 0)).toMatchObject({ label: 'one', conflicts: [] });
    expect(labels.find('a/2.csv', 0)).toMatchObject({ label: 'y', conflicts: [{ row: 4, label: 'x' }] });
    expect(labels.find('a/3.csv', 0)).toMatchObject({ label: 'few', conflicts: [{ label: 'many' }] });
  });

  it.each([
    '\ufeffpath,label\r\na.csv,x\r\n',
    'label;path\nx;./a.csv\n',
    'path\tnote\tlabel\na.csv\t\tx',
    '"path","label"\n"a.csv","x"\n',
  ])('reads %j', (text) => {
    expect(table(text).find('a.csv', 0)?.label).toBe('x');
  });

  it('passes over lines without path, label or a possible number', () => {
    const text = 'path,label,sequence\n,x,\na.csv,,\nb.csv,x,0\nc.csv,x,one\nd.csv\n';
    expect(LabelsFile.parse(text).entries()).toEqual([]);
  });

  it('refuses a file with a glob that stands for too many others', () => {
    const file = LabelsFile.parse(`path,label\na.csv,a\n"${'{a,b}'.repeat(40)}.csv",b\n`);
    expect(() => new LabelTable(file.entries())).toThrow(
      /^the glob in its line 3 cannot be used, because it has more than/,
    );
  });

  it('refuses a file whose header names no path or no label', () => {
    expect(() => LabelsFile.parse('file,class\na,b\n')).toThrow(LabelsFileError);
    expect(() => LabelsFile.parse('')).toThrow(/does not name the columns/);
  });

  it('takes a folder without the file as one without labels', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-labels-'));
    try {
      expect((await readLabels(folder)).size).toBe(0);
      await writeFile(join(folder, 'labels.csv'), 'path,label\na.csv,x\n');
      expect((await readLabels(folder)).find('a.csv', 0)?.label).toBe('x');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('changing labels.csv', () => {
  const text = '\ufeffpath,who said,label\r\n"a, b.csv",Ada,"x ""1"""\r\n\r\n*.csv,,z\r\nb.csv,Bob,y';

  it('leaves every other line, column and line end as it is', () => {
    const changed = LabelsFile.parse(text)
      .with([whole('b.csv')], 'new, label')
      .with([whole('c.csv')], 'c');
    expect(changed.text()).toBe(
      '\ufeffpath,who said,label\r\n"a, b.csv",Ada,"x ""1"""\r\n\r\n*.csv,,z\r\nb.csv,Bob,"new, label"\r\nc.csv,,c\r\n',
    );
  });

  it('removes a line by an empty label, and merges lines that contradict each other', () => {
    expect(
      LabelsFile.parse('path,label\na,1\nb,2\na,3\n')
        .with([whole('a')], '')
        .text(),
    ).toBe('path,label\nb,2\n');
    expect(
      LabelsFile.parse('path,label\na,1\nb,2\na,3\n')
        .with([whole('a')], '4')
        .text(),
    ).toBe('path,label\nb,2\na,4\n');
    expect(
      LabelsFile.parse('path,label\n')
        .with([whole('a')], '')
        .text(),
    ).toBe('path,label\n');
  });

  it('adds a column for single sequences when the first of them is labelled', () => {
    const changed = LabelsFile.parse('path,label\na.npz,all\n').with([{ path: 'a.npz', number: 1 }], 'second');
    expect(changed.text()).toBe('path,label,sequence\na.npz,all,\na.npz,second,2\n');
    expect(changed.with([{ path: 'a.npz', number: 1 }], 'other').text()).toBe(
      'path,label,sequence\na.npz,all,\na.npz,other,2\n',
    );
  });

  it('labels many at once as one after the other', () => {
    const target = fc.record({ path: fc.constantFrom('a', 'b', 'c', './a'), number: fc.constantFrom(null, 0, 1) });
    fc.assert(
      fc.property(fc.array(target, { minLength: 1 }), fc.constantFrom('', 'new'), (targets, label) => {
        const before = LabelsFile.parse('path,sequence,label\na,,1\nb,2,2\n*,,3\na,,4\n');
        const oneByOne = targets.reduce((file, each) => file.with([each], label), before);
        expect(before.with(targets, label).entries()).toEqual(oneByOne.entries());
      }),
      { seed: 3 },
    );
    const many = Array.from({ length: 10_000 }, (_, n) => whole(`${n}.csv`));
    const labelled = LabelsFile.empty().with(many, 'x').with(many, 'y');
    expect(labelled.entries().filter(({ label }) => label === 'y')).toHaveLength(10_000);
    expect(labelled.entries()).toHaveLength(10_000);
    expect(labelled.with(many, '').text()).toBe('path,label\n');
  });

  it('finds again whatever was written', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'é', ',', '"', ';', ' ', '\n', '='),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), word)), fc.boolean(), (labels, numbered) => {
        let file = LabelsFile.empty();
        const expected = new Map<number, string>();
        for (const [n, label] of labels) {
          file = file.with([{ path: `f${numbered ? '' : n}.csv`, number: numbered ? n : null }], label);
          expected.set(n, label);
        }
        const read = table(file.text());
        for (const [n, label] of expected) {
          expect(read.find(`f${numbered ? '' : n}.csv`, numbered ? n : 0)?.label).toBe(label);
        }
        expect(read.size).toBe(numbered ? Math.min(expected.size, 1) : expected.size);
      }),
    );
  });
});

describe('many lines', () => {
  it('for one path are read once, and all are told as contradictions', () => {
    const lines = Array.from({ length: 200_000 }, (_, n) => `a.csv,${n}`).join('\n');
    const labels = table(`path,label\n${lines}\nb.csv,b\n`);
    expect(labels.find('a.csv', 0)).toMatchObject({ label: '199999' });
    expect(labels.find('a.csv', 7)?.conflicts).toHaveLength(199_999);
    expect(labels.find('b.csv', 0)?.conflicts).toEqual([]);
  });

  it('with globs are refused, as each is asked about each file', () => {
    const lines = Array.from({ length: 10_001 }, (_, n) => `a${n}*,a`).join('\n');
    expect(() => table(`path,label\n${lines}`)).toThrow(/more than 10000 lines with globs/);
  });
});
