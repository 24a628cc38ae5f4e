import type { Dataset, Entity } from 'h5wasm';
import { UnreadableError } from '../../reader';
import { addCells, numberArray, textArray, type FoundArrays } from '../arrays/members';
import { plainShape } from '../mat/shape';
import { quoted } from '../pcm/text';
import { textOf, type AttributeValue } from './attributes';
import { codecOfDataset, datasetPieces, filterRefusal, isWholeDataset } from './dataset';
import { attempt, type Hdf5File } from './library';

const mostCells = 2 ** 14;
const mostCharacters = 2 ** 16;

/** Whether a group is one in which MATLAB keeps what cells and objects refer to. */
export function isMatlabsOwn(name: string): boolean {
  return /^#(refs|subsystem)#$/.test(name);
}

/** A variable of MATLAB, or a part of one. */
export interface Variable {
  readonly dataset: Dataset;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

/**
 * Finds the arrays in a variable that MATLAB wrote (version 7.3): a matrix, which has its axes in the opposite order, or a
 * text. @returns the elements of a cell, which lie elsewhere in the file, else `null`
 * @throws UnreadableError for damage
 */
export function findInVariable(
  { dataset, name, attributes }: Variable,
  file: Hdf5File,
  signal: AbortSignal | undefined,
  found: FoundArrays,
): void {
  const { shape } = attempt(() => dataset.metadata);
  const codec = codecOfDataset(dataset);
  const refusal =
    shape === null || attributes.get('matlab_empty') === 1
      ? 'it holds no samples'
      : typeof codec === 'string'
        ? codec.replace(/^it holds records.*/, 'it holds complex numbers')
        : filterRefusal(dataset);
  if (refusal !== null || shape === null || typeof codec === 'string') {
    found.leftOut.push({ name, reason: refusal ?? 'it holds no samples' });
    return;
  }
  if (textOf(attributes, ['matlab_class']) === 'char') {
    findText(dataset, name, found);
    return;
  }
  const pieces = () => datasetPieces(file, dataset, signal);
  const isWhole = isWholeDataset(dataset);
  found.arrays.push(
    numberArray({ name, shape: plainShape([...shape].reverse()), codec, isWhole, fortranOrder: true, pieces }),
  );
}

function findText(dataset: Dataset, name: string, { arrays, leftOut }: FoundArrays): void {
  const { shape, size } = dataset.metadata;
  const [columns = 0, rows = 1] = shape ?? [];
  if (columns * rows > mostCharacters || size !== 2) {
    leftOut.push({ name, reason: 'it holds a long text' });
    return;
  }
  const codes = attempt(() => dataset.value) as ArrayLike<number>;
  const texts = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, i) => String.fromCharCode(codes[i * rows + row] ?? 0))
      .join('')
      .trimEnd(),
  );
  arrays.push(textArray(name, texts));
}

const referenceType = 7;

/** Whether a data set refers to others: a cell, or a field of many structures. */
export function isCell({ dataset }: Variable): boolean {
  return attempt(() => dataset.metadata).type === referenceType;
}

/** Finds what the elements of a cell hold. @param find finds what is in one of them */
export function findInCells(
  { dataset, name }: Variable,
  { root, module }: Hdf5File,
  found: FoundArrays,
  find: (entity: Entity | null, name: string, inside: FoundArrays) => void,
): void {
  const count = (dataset.metadata.shape ?? [0]).reduce((product, length) => product * length, 1);
  if (count > mostCells) throw new UnreadableError(`${quoted(name)} has more than ${mostCells} cells`);
  const inside: FoundArrays = { arrays: [], leftOut: [] };
  const references = attempt(() => dataset.value);
  for (const [i, reference] of (Array.isArray(references) ? references : [references]).entries()) {
    if (reference === null || typeof reference !== 'object' || !('ref_data' in reference)) continue;
    const path = attempt(() => module.get_referenced_name(dataset.file_id, reference.ref_data, true));
    find(
      attempt(() => root.get(path)),
      `${name}{${i + 1}}`,
      inside,
    );
  }
  addCells(name, count, inside, found);
}
