import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Which recordings networks are trained on, and on which they are tested: no label is in both. */
export interface Study {
  readonly name: string;
  readonly train: string;
  readonly test: string;
}

export const singlePacks = ['gaze', 'speech', 'ecg', 'walking', 'pen'] as const;

/** The study of all data sets together. */
export const wholePool = 'pool';

export const studyNames = [...singlePacks, wholePool] as const;

/**
 * @param data a folder with `train` and `validation`
 * @returns `null` where the data of the study are absent
 */
export function studyOf(name: string, data: string): Study | null {
  const file = name === wholePool ? '' : `${name}.npz`;
  const study = { name, train: join(data, 'train', file), test: join(data, 'validation', file) };
  return existsSync(study.train) && existsSync(study.test) ? study : null;
}
