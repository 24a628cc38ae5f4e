import { basename, dirname, join, relative, sep } from 'node:path';
import { LabelsFileError } from '../../labels/labelsFile';
import type { LabelTable } from '../../labels/labelTable';
import { readLabels } from '../../labels/readLabels';
import { labelsName } from '../../recordings/folder/rules';
import { UnreadableError, defaultReadOptions } from '../../recordings/reader';
import { readFile, type FileContent } from '../../recordings/readFile';
import { layoutKey } from '../../recordings/layout';
import type { Sequence } from '../../recordings/sequence';
import { PackError, checkLabels, labelCodes, type Pack } from './pack';

/** A difference, which an encoder takes, needs two time steps. */
const fewestSteps = 2;

interface Labelled {
  readonly file: string;
  readonly sequence: Sequence;
  readonly label: string;
  readonly split: string | null;
}

/** What makes one pack. */
type LabelledGroup = readonly [Labelled, ...Labelled[]];

/**
 * Reads a folder of recordings as packs. A file of several sequences that has labels of its own is a pack by itself, or
 * with its other half where its name ends in `_TRAIN` or `_TEST`. All others are labelled by the folder's `labels.csv`,
 * and those of one layout make a pack, named by the folder that they have in common. Files without a label are left out,
 * and so are packs in which nothing can be compared, as long as another one remains.
 *
 * @param files the recordings of the folder, as absolute paths
 * @throws PackError when a labelled file cannot be read, or nothing can be compared
 */
export async function readLabelledFolder(folder: string, files: readonly string[]): Promise<readonly Pack[]> {
  const labels = await tableOf(folder);
  const known = new Set(files);
  const missing = labels
    .paths()
    .map((path) => join(folder, path))
    .find((path) => !known.has(path));
  if (missing !== undefined)
    throw new PackError(`${labelsName} in ${folder} names ${missing}, which is no recording there.`);
  const groups = new Map<string, [Labelled, ...Labelled[]]>();
  for (const file of files) {
    const inside = withSlashes(relative(folder, file));
    for (const [key, labelled] of await readLabelled(file, inside, labels)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [labelled]);
      else group.push(labelled);
    }
  }
  return comparable(
    folder,
    [...groups.values()].map((group) => packOf(group, folder)),
  );
}

async function tableOf(folder: string): Promise<LabelTable> {
  try {
    return await readLabels(folder);
  } catch (error) {
    if (!(error instanceof LabelsFileError)) throw error;
    throw new PackError(`${labelsName} in ${folder} cannot be used: ${error.message}.`, { cause: error });
  }
}

async function readLabelled(
  file: string,
  inside: string,
  labels: LabelTable,
): Promise<[group: string, labelled: Labelled][]> {
  const content = await contentOf(file, inside, labels);
  if (content === null) return [];
  return content.sequences.flatMap((sequence, number): [string, Labelled][] => {
    if (sequence === null) return [];
    const ofFile = labels.find(inside, number)?.label;
    const layout = layoutKey(sequence.channels.map(({ name }) => name));
    if (ofFile !== undefined) return [[`layout ${layout}`, { file, sequence, label: ofFile, split: null }]];
    if (sequence.label === null) return [];
    const half = /_(train|test)(?=\.\w+$)/i.exec(file);
    const set = half === null ? file : file.replace(half[0], '');
    return [
      [
        `file ${layout} ${set}`,
        { file: set, sequence, label: sequence.label, split: half?.[1]?.toLowerCase() ?? null },
      ],
    ];
  });
}

async function contentOf(file: string, inside: string, labels: LabelTable): Promise<FileContent | null> {
  try {
    return await readFile(file, defaultReadOptions, fewestSteps);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    if (labels.size > 0 && labels.find(inside, 0) === null) return null;
    throw new PackError(`${file} cannot be read: ${error.message}.`, { cause: error });
  }
}

function packOf(group: LabelledGroup, folder: string): Pack {
  const { values: labels, codeOf } = labelCodes(group.map(({ label }) => label));
  const splits = ['test', 'train'];
  const sequences = group.map(({ sequence, label: name, split }) => {
    const label = codeOf(name);
    const columns: Record<string, number> = { label };
    if (split !== null) columns['split'] = splits.indexOf(split);
    return { channels: sequence.channels.map(({ values }) => values), label, columns };
  });
  return {
    name: nameOf(group, folder),
    domain: null,
    channels: group[0].sequence.channels.length,
    sequences,
    columnValues: { label: labels, split: splits },
    excludeBy: null,
  };
}

/** The path, relative to the folder, of the file or of the innermost folder that all sequences come from. */
function nameOf(group: LabelledGroup, folder: string): string {
  const [{ file: first }] = group;
  if (group.every(({ file }) => file === first)) return withSlashes(relative(folder, first));
  let common = dirname(first);
  while (!group.every(({ file }) => file.startsWith(common + sep))) common = dirname(common);
  return common === folder ? basename(folder) : withSlashes(relative(folder, common));
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

function comparable(folder: string, packs: readonly Pack[]): readonly Pack[] {
  const names = new Map<string, number>();
  const kept: Pack[] = [];
  let reason: unknown = new PackError(`${folder} cannot be used: it holds neither packs nor labelled recordings.`);
  for (const pack of packs) {
    try {
      checkLabels(
        `The folder ${folder} (${pack.name})`,
        pack.sequences.map(({ label }) => label),
      );
      const same = (names.get(pack.name) ?? 0) + 1;
      names.set(pack.name, same);
      kept.push(same === 1 ? pack : { ...pack, name: `${pack.name} (${same})` });
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      reason = error;
    }
  }
  if (kept.length === 0) throw reason;
  return kept;
}
