import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPacks } from '../../../../../src/core/training/packs/findPacks';
import type { Pack } from '../../../../../src/core/training/packs/pack';
import { hasBothSplits } from '../../../../../src/core/training/packs/splits';
import { smallPack, temporaryFolder, writePack } from './writePack';

const { signal } = new AbortController();

async function read(...paths: string[]): Promise<Pack[]> {
  const packs: Pack[] = [];
  for await (const pack of readPacks(paths, signal)) packs.push(pack);
  return packs;
}

const row = (t: number, level: number) => `${Math.sin(t + level)},${level + t}\n`;

async function writeRecording(path: string, level: number): Promise<void> {
  await writeFile(path, `x,y\n${Array.from({ length: 30 }, (_, t) => row(t, level)).join('')}`);
}

describe('readPacks', () => {
  it('finds packs at any depth, in order, and names them by their path', async () => {
    const folder = await temporaryFolder();
    const ucr = smallPack();
    ucr.json['domain'] = 'ucr';
    await writePack(join(folder, 'ucr', 'Car'), ucr);
    await writePack(join(folder, 'ecg'), smallPack());
    expect((await read(folder)).map(({ name }) => name)).toEqual(['ecg', 'ucr/Car']);
    expect((await read(join(folder, 'ucr'))).map(({ name }) => name)).toEqual(['ucr/Car']);
    expect((await read(join(folder, 'ecg.npz'), join(folder, 'ucr', 'Car.npz'))).map(({ name }) => name)).toEqual([
      'ecg',
      'ucr/Car',
    ]);
    await expect(read(folder, join(folder, 'ecg.npz'))).rejects.toThrow(/Two packs are called ecg/);
  });

  it('refuses an array file without a description beside packs', async () => {
    const folder = await temporaryFolder();
    await writePack(join(folder, 'ecg'), smallPack());
    await writeFile(join(folder, 'stray.npz'), '');
    await expect(read(folder)).rejects.toThrow(/stray\.json, cannot be read: it does not exist/);
  });

  it('refuses paths that lead to nothing', async () => {
    const folder = await temporaryFolder();
    await expect(read(folder)).rejects.toThrow(/neither packs nor labelled recordings/);
    await expect(read(join(folder, 'none'))).rejects.toThrow(/none cannot be read: it does not exist/);
    await writeFile(join(folder, 'notes.txt'), 'nothing');
    await expect(read(join(folder, 'notes.txt'))).rejects.toThrow(/neither a folder nor an \.npz file/);
    await expect(read(folder)).rejects.toThrow(/notes\.txt cannot be read: it holds one column of text/);
  });
});

describe('readPacks of labelled recordings', () => {
  it('makes a pack of each layout, named by its folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'gaze'));
    const names = ['a1', 'a2', 'b1', 'b2'];
    for (const [i, name] of names.entries()) await writeRecording(join(folder, 'gaze', `${name}.csv`), i);
    await writeRecording(join(folder, 'gaze', 'unlabelled.csv'), 9);
    const lines = names.map((name) => `gaze/${name}.csv,${name[0]!}`);
    await writeFile(join(folder, 'labels.csv'), `path,label\n${lines.join('\n')}\n`);
    const [pack, ...others] = await read(folder);
    expect(others).toEqual([]);
    expect(pack).toMatchObject({ name: 'gaze', channels: 2, excludeBy: null, columnValues: { label: ['a', 'b'] } });
    expect(pack!.sequences.map(({ label }) => label)).toEqual([0, 0, 1, 1]);
    expect(pack!.sequences[1]!.channels[1]![3]).toBe(4);
  });

  it('joins the training and the test half of a set that has labels of its own', async () => {
    const folder = await temporaryFolder();
    const lines = (levels: readonly number[]) =>
      levels
        .map((level) => [level, ...Array.from({ length: 20 }, (_, t) => Math.cos(t * level))].join('\t'))
        .join('\n');
    await writeFile(join(folder, 'Toy_TRAIN.tsv'), lines([1, 2, 1, 2]));
    await writeFile(join(folder, 'Toy_TEST.tsv'), lines([2, 1, 2]));
    const [pack, ...others] = await read(folder);
    expect(others).toEqual([]);
    expect(pack!.name).toBe('Toy.tsv');
    expect(hasBothSplits(pack!)).toBe(true);
    expect(pack!.sequences.map(({ label }) => label).sort()).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  it('refuses labels without recordings, labelled files it cannot read, and labels that allow no comparison', async () => {
    const folder = await temporaryFolder();
    const label = (text: string) => writeFile(join(folder, 'labels.csv'), `path,label\n${text}\n`);
    await writeRecording(join(folder, 'a.csv'), 1);
    await writeRecording(join(folder, 'b.csv'), 2);
    await label('a.csv,x\nc.csv,y');
    await expect(read(folder)).rejects.toThrow(/names .*c\.csv, which is no recording there/);
    await label('a.csv,x\nb.csv,x');
    await expect(read(folder)).rejects.toThrow(/all its sequences have the same label/);
    await label('a.csv,x\nb.csv,y');
    await expect(read(folder)).rejects.toThrow(/every label has a single sequence/);
    await writeFile(join(folder, 'b.npy'), 'no array');
    await label('a.csv,x\nb.csv,x\nb.npy,x');
    await expect(read(folder)).rejects.toThrow(/b\.npy cannot be read: it does not begin like a NumPy file/);
  });
});
