import type { Dataset, Entity, Group } from 'h5wasm';
import { UnreadableError, type ReadOptions } from '../../reader';
import { groupOf } from '../arrays/names';
import { checkCount, numberArray, textArray, type FoundArrays } from '../arrays/members';
import type { Told } from '../arrays/told';
import type { ArrayMember } from '../npz/members';
import { attributesOf, numberOf, rateOf, textOf, type AttributeValue } from './attributes';
import { codecOfDataset, datasetPieces, filterRefusal, isWholeDataset } from './dataset';
import { attempt, attemptShortly, type Hdf5File } from './library';
import { findInCells, findInVariable, isCell, isMatlabsOwn } from './matlab';
import type { Job } from '../thread/messages';

const deepest = 16;

/** What does not change while one file is looked through. */
interface Search {
  readonly file: Hdf5File;
  readonly options: ReadOptions;
  readonly kind: Job['kind'];
  readonly found: FoundArrays;
  /** Sampling rates by the group that gives them. */
  readonly rates: Map<string, number>;
}

/**
 * Finds the arrays of numbers and of texts in an HDF5 file, with what their attributes say. Links are not followed.
 * @throws UnreadableError for damage and for far too many arrays
 */
export function findArrays(file: Hdf5File, options: ReadOptions, kind: Job['kind']): FoundArrays {
  const search: Search = { file, options, kind, found: { arrays: [], leftOut: [] }, rates: new Map() };
  findInGroup(file.root, '', 0, search);
  const { arrays, leftOut } = search.found;
  return { arrays: arrays.map((array) => withRate(array, search.rates)), leftOut };
}

function findInGroup(group: Group, name: string, depth: number, search: Search): void {
  if (depth > deepest) throw nestedTooDeep();
  const rate = rateOf(attributesOf(group));
  if (rate !== null) search.rates.set(name, rate);
  for (const key of attempt(() => group.keys())) {
    checkCount(search.found);
    search.options.signal?.throwIfAborted();
    if (search.kind === 'mat' && isMatlabsOwn(key)) continue;
    const separator = search.kind === 'mat' ? '.' : '/';
    findIn(entityIn(group, key, search), name === '' ? key : `${name}${separator}${key}`, depth + 1, search);
  }
}

function findIn(entity: Entity | null, name: string, depth: number, search: Search): void {
  if (isGroup(entity)) findInGroup(entity, name, depth, search);
  if (!isDataset(entity)) return;
  const attributes = attributesOf(entity);
  const variable = { dataset: entity, name, attributes };
  if (search.kind !== 'mat') findDataset(entity, name, attributes, search);
  else if (!isCell(variable)) findInVariable(variable, search.file, search.options.signal, search.found);
  else {
    if (depth > deepest) throw nestedTooDeep();
    findInCells(variable, search.file, search.found, (element, elementName, found) => {
      findIn(element, elementName, depth + 1, { ...search, found });
    });
  }
}

function nestedTooDeep(): UnreadableError {
  return new UnreadableError(`its groups are nested more than ${deepest} deep`);
}

/** `null` for a link to somewhere else, inside the file or outside. */
function entityIn(group: Group, key: string, { file }: Search): Entity | null {
  // Not by its name alone, which may be a path.
  const path = `${group.path === '/' ? '' : group.path}/${key}`;
  return attempt(() => {
    const target = file.module.get_symbolic_link(group.file_id, path) as string | null;
    return target === null ? group.get(path) : null;
  });
}

function isGroup(entity: Entity | null): entity is Group {
  return entity !== null && 'type' in entity && (entity.type as string) === 'Group';
}

function isDataset(entity: Entity | null): entity is Dataset {
  return entity !== null && 'type' in entity && (entity.type as string) === 'Dataset';
}

function findDataset(
  dataset: Dataset,
  name: string,
  attributes: ReadonlyMap<string, AttributeValue>,
  search: Search,
): void {
  const { found, file, options } = search;
  const { shape, type } = attemptShortly(() => dataset.metadata);
  const rate = rateOf(attributes);
  if (rate !== null && (shape === null || shape.length === 0)) search.rates.set(groupOf(name), rate);
  if (isBareDimension(attributes)) return;
  const texts = type === stringType ? textsOf(dataset) : null;
  if (texts !== null) {
    found.arrays.push(textArray(name, texts));
    return;
  }
  const codec = codecOfDataset(dataset);
  const refusal = shape === null ? 'it holds no samples' : typeof codec === 'string' ? codec : filterRefusal(dataset);
  if (refusal !== null || shape === null || typeof codec === 'string') {
    found.leftOut.push({ name, reason: refusal ?? 'it holds no samples' });
    return;
  }
  const pieces = () => datasetPieces(file, dataset, options.signal);
  found.arrays.push(
    numberArray({
      name,
      shape,
      codec,
      isWhole: isWholeDataset(dataset),
      fortranOrder: false,
      told: toldBy(attributes),
      pieces,
    }),
  );
}

/** NetCDF writes a data set without any values for a dimension that has no coordinates. */
function isBareDimension(attributes: ReadonlyMap<string, AttributeValue>): boolean {
  return textOf(attributes, ['name'])?.startsWith('This is a netCDF dimension but not a netCDF variable') === true;
}

const stringType = 3;
const mostTexts = 2 ** 14;

/** The texts of a data set that may be labels, `null` where it holds too much text for that. */
function textsOf(dataset: Dataset): readonly string[] | null {
  const { shape, size, vlen } = dataset.metadata;
  const elements = (shape ?? [0]).reduce((product, length) => product * length, 1);
  if (elements === 0 || elements > mostTexts || (!vlen && elements * size > 2 ** 22)) return null;
  const value = attempt(() => dataset.value);
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.map((text) => (typeof text === 'string' ? text : ''));
}

function toldBy(attributes: ReadonlyMap<string, AttributeValue>): Told {
  const channels = ['channel_names', 'channels', 'columns', 'labels', 'names']
    .map((name) => attributes.get(name))
    .find((value) => Array.isArray(value)) as readonly string[] | undefined;
  const [factor, offset] = [
    numberOf(attributes, ['scale_factor', 'conversion']),
    numberOf(attributes, ['add_offset', 'offset']),
  ];
  const missing = numberOf(attributes, ['_fillvalue', 'missing_value']);
  return {
    rate: rateOf(attributes),
    // Times count from a date, which does not matter: "seconds since 2000-01-01".
    unit: textOf(attributes, ['units', 'unit'])?.replace(/ since .*/, '') ?? null,
    label: textOf(attributes, ['label', 'class_label', 'target']),
    channels: channels ?? null,
    packing:
      factor === null && offset === null && missing === null
        ? null
        : { factor: factor ?? 1, offset: offset ?? 0, missing },
  };
}

/** A rate given for the group around an array. */
function withRate(array: ArrayMember, rates: ReadonlyMap<string, number>): ArrayMember {
  if (array.told === undefined || array.told.rate !== null) return array;
  for (let group = groupOf(array.name); ; group = groupOf(group)) {
    const rate = rates.get(group);
    if (rate !== undefined) return { ...array, told: { ...array.told, rate } };
    if (group === '') return array;
  }
}
