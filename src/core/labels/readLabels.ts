import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labelsName } from '../recordings/folder/rules';
import { LabelTable } from './labelTable';
import { LabelsFile } from './labelsFile';

/**
 * Reads `labels.csv` of a workspace folder; see `LabelsFile`. Without such a file there are no labels.
 * @throws LabelsFileError
 */
export async function readLabels(folder: string): Promise<LabelTable> {
  const text = await readLabelsText(folder);
  return new LabelTable(text === null ? [] : LabelsFile.parse(text).entries());
}

/** @returns `null` where there is no such file */
export async function readLabelsText(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, labelsName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
