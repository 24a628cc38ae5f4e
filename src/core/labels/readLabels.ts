import { join } from 'node:path';
import { readBounded, RefusedFileError } from '../files/readBounded';
import { labelsName } from '../recordings/folder/rules';
import { LabelTable } from './labelTable';
import { LabelsFile, LabelsFileError } from './labelsFile';

/** A million lines have fewer. */
const mostBytes = 64 * 2 ** 20;

/**
 * Reads `labels.csv` of a workspace folder; see `LabelsFile`. Without such a file there are no labels.
 * @throws LabelsFileError
 */
export async function readLabels(folder: string): Promise<LabelTable> {
  const text = await readLabelsText(folder);
  return new LabelTable(text === null ? [] : LabelsFile.parse(text).entries());
}

/**
 * @returns `null` where there is no such file
 * @throws LabelsFileError for one that cannot be read
 */
export async function readLabelsText(folder: string): Promise<string | null> {
  try {
    return (await readBounded(join(folder, labelsName), mostBytes))?.toString('utf8') ?? null;
  } catch (error) {
    if (!(error instanceof RefusedFileError)) throw error;
    throw new LabelsFileError(error.message, { cause: error });
  }
}
