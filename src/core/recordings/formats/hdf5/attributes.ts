import type { Dataset, Group } from 'h5wasm';
import { plainText } from '../pcm/text';
import { attempt, attemptShortly } from './library';

/** What attributes hold: a number, a text, or several. */
export type AttributeValue = number | string | readonly string[];

/** Attributes of more elements than these are not looked at. */
const mostElements = 4096;

/** The attributes of an object that are numbers or texts, by their names in lower case. */
export function attributesOf(object: Dataset | Group): ReadonlyMap<string, AttributeValue> {
  const values = new Map<string, AttributeValue>();
  for (const [name, attribute] of attempt(() => Object.entries(object.attrs))) {
    const { shape } = attribute;
    if (shape !== null && shape.reduce((product, length) => product * length, 1) > mostElements) continue;
    const value = plainValue(attemptShortly(() => attribute.value));
    if (value !== null) values.set(name.toLowerCase(), value);
  }
  return values;
}

function plainValue(value: unknown): AttributeValue | null {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value) && 'length' in value && value.length === 1)
    return plainValue((value as unknown as unknown[])[0]);
  if (!Array.isArray(value) || !value.every((text): text is string => typeof text === 'string')) return null;
  return value.length === 1 ? (value[0] ?? null) : value;
}

/** The first attribute of these names that is a text. */
export function textOf(attributes: ReadonlyMap<string, AttributeValue>, names: readonly string[]): string | null {
  const found = names.map((name) => attributes.get(name)).find((value) => typeof value === 'string');
  return typeof found === 'string' && found.trim() !== '' ? plainText(found) : null;
}

/** The first attribute of these names that is a number. */
export function numberOf(attributes: ReadonlyMap<string, AttributeValue>, names: readonly string[]): number | null {
  const found = names.map((name) => attributes.get(name)).find((value) => typeof value === 'number');
  return typeof found === 'number' ? found : null;
}

const rateNames = [
  'fs',
  'rate',
  'sampling_rate',
  'samplingrate',
  'sample_rate',
  'samplerate',
  'sampling_frequency',
  'sfreq',
  'srate',
];

/** The sampling rate in Hz that attributes give. */
export function rateOf(attributes: ReadonlyMap<string, AttributeValue>): number | null {
  const rate = numberOf(attributes, rateNames);
  return rate !== null && rate > 0 && Number.isFinite(rate) ? rate : null;
}
