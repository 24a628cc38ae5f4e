import { describe, expect, it } from 'vitest';
import { LabelsFile } from '../../../../src/core/labels/labelsFile';
import { LabelTable } from '../../../../src/core/labels/labelTable';
import { surveyLabels, usualChoice } from '../../../../src/core/labels/labelSets';
import { matchPattern, PatternError } from '../../../../src/core/labels/pattern';
import { assign, type Matching, type TableOf } from '../../../../src/core/labels/sources';
import { suggestPatterns } from '../../../../src/core/labels/suggestPatterns';
import { candidate, labelled } from './members';

const none: TableOf = () => null;
const match: Matching = (pattern, files) => Promise.resolve(matchPattern(pattern, files));
const tableOf =
  (text: string): TableOf =>
  ({ file }) => ({ table: new LabelTable(LabelsFile.parse(text).entries()), inside: file });

describe('the sources of labels', () => {
  it('takes the labels inside files, each archive with labels of its own, its two halves together', async () => {
    const many = { siblings: 2, ownLabel: '1' };
    const files = ['ucr/Car_TRAIN.tsv', 'ucr/Car_TEST.tsv', 'ucr/Beef_TRAIN.tsv'].map((file) => candidate(file, many));
    const { labelled: found } = await assign({ kind: 'inside' }, [...files, candidate('plain.csv')], none, match);
    expect(found.map(({ label }) => label)).toEqual(['1', '1', '1']);
    expect(found[0]!.space).toBe(found[1]!.space);
    expect(found[0]!.space).not.toBe(found[2]!.space);
  });

  it('takes labels.csv, and what it contradicts itself about apart', async () => {
    const text = 'path,label,group\na.csv,x,g\nb.csv,x,\nb.csv,y,\nc.npz,z,\n';
    const parts = [0, 1].map((number) => candidate('c.npz', { number, siblings: 2 }));
    const { labelled: found, conflicting } = await assign(
      { kind: 'labelsFile' },
      [candidate('a.csv'), candidate('b.csv'), ...parts, candidate('d.csv')],
      tableOf(text),
      match,
    );
    expect(found.map(({ label, group }) => [label, group])).toEqual([
      ['x', 'g'],
      ['z', '/w/c.npz'],
      ['z', '/w/c.npz'],
    ]);
    expect(conflicting.map(({ file }) => file)).toEqual(['b.csv']);
  });

  it('takes the parent folder, and parts of the file name', async () => {
    const files = [candidate('day1/person-07_a.csv'), candidate('top.csv')];
    expect((await assign({ kind: 'folder' }, files, none, match)).labelled.map(({ label }) => label)).toEqual(['day1']);
    const byName = async (pattern: string) =>
      (await assign({ kind: 'fileName', pattern }, files, none, match)).labelled;
    expect((await byName('person-(\\d+)')).map(({ label }) => label)).toEqual(['07']);
    expect(await byName('(?<group>day\\d)/person-(?<label>\\d+)')).toMatchObject([{ label: '07', group: 'day1' }]);
    expect((await byName('_[ab]')).map(({ label }) => label)).toEqual(['_a']);
  });
});

describe('patterns', () => {
  it('says what is wrong with one, and stops one that would never end', () => {
    expect(() => matchPattern('(', ['a'])).toThrow(/pattern is invalid .*Unterminated group/);
    expect(() => matchPattern('x'.repeat(501), ['a'])).toThrow(PatternError);
    expect(() => matchPattern('^(a+)+$', [`${'a'.repeat(40)}!`])).toThrow(/tooSlow/);
    expect(() => matchPattern('(?<label>this.constructor.constructor("process.exit()")())', ['a'])).not.toThrow();
  });

  it('suggests what labels most files with labels that several share', () => {
    const files = [1, 2, 3].flatMap((person) => ['a', 'b', 'c'].map((part) => `x/person-0${person}_${part}.csv`));
    const suggested = suggestPatterns(files);
    expect(suggested).toContain('person-(\\d+)');
    const partitions = suggested.map((pattern) => matchPattern(pattern, files).map((match) => match?.label));
    expect(partitions.some((labels) => labels[0] === 'a' && labels[3] === 'a' && labels[1] === 'b')).toBe(true);
    expect(suggestPatterns([])).toEqual([]);
    expect(suggestPatterns(['one.csv', 'two.csv', 'three.csv'])).toEqual([]);
  });
});

describe('what is used and what is left out', () => {
  const survey = (labels: readonly ReturnType<typeof labelled>[]) =>
    surveyLabels({ labelled: labels, conflicting: [candidate('bad.csv')] });
  const repeated = (label: string, count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => labelled(`${label}${from + i}.csv`, label));

  it('leaves out contradictions, copies with other labels, and labels of a single sequence', () => {
    const copies = [labelled('c1.csv', 'anna', null, 'same'), labelled('c2.csv', 'ben', null, 'same')];
    const { sets, leftOut } = survey([
      ...repeated('anna', 3),
      ...repeated('ben', 3),
      ...repeated('carl', 1),
      ...copies,
    ]);
    expect(sets).toHaveLength(1);
    expect(sets[0]).toMatchObject({ usable: true, warnings: [] });
    expect([...sets[0]!.labels]).toEqual([
      ['anna', 3],
      ['ben', 3],
    ]);
    expect(leftOut.map(({ reason, sequences }) => [reason, sequences.map(({ file }) => file)])).toEqual([
      ['conflict', ['bad.csv']],
      ['copies', ['c1.csv', 'c2.csv']],
      ['single', ['carl0.csv']],
    ]);
  });

  it('says when there is one label only, and when labels look like names', () => {
    const one = survey(repeated('anna', 5));
    expect(one.sets).toEqual([]);
    expect(one.leftOut.at(-1)?.reason).toBe('alike');
    const names = survey([
      ...repeated('anna', 3),
      ...repeated('ben', 2),
      ...'abcdefg'.split('').map((x) => labelled(x, x)),
    ]);
    expect(names.sets[0]?.warnings).toEqual([{ kind: 'maybeNames', labels: 9, sequences: 12 }]);
    const pairs = survey([...repeated('anna', 2), ...repeated('ben', 2)]);
    expect(pairs.sets[0]).toMatchObject({ usable: false });
    expect(pairs.sets[0]?.warnings).toEqual([{ kind: 'nothingToHoldOut' }]);
  });

  it('keeps layouts apart, and chooses together those that share labels', () => {
    const wide = (items: ReturnType<typeof labelled>[], layout: string) =>
      items.map((item) => ({ ...item, candidate: { ...item.candidate, layout } }));
    const people = [...repeated('anna', 4), ...repeated('ben', 4)];
    const found = survey([
      ...people,
      ...wide([...repeated('anna', 3, 10), ...repeated('ben', 3, 10)], '2'),
      ...wide([...repeated('up', 3), ...repeated('down', 3)], '3'),
    ]);
    expect(found.sets.map(({ layout }) => layout).sort()).toEqual(['1', '2', '3']);
    expect(usualChoice(found).map(({ layout }) => layout)).toEqual(['1', '2']);
  });
});
