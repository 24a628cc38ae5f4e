import * as v from 'valibot';

/** What the messages of all connections are made of. */

/** The longest text from a file that a message carries; the engine shortens what is longer. */
export const longestText = 4096;

export const text = v.pipe(v.string(), v.maxLength(longestText));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Many numbers, checked in one pass: a schema for each would take longer than drawing them. */
export const numbers = v.custom<readonly number[]>(
  (input) => Array.isArray(input) && input.every((value) => typeof value === 'number' && !Number.isNaN(value)),
  'not a list of numbers',
);

type ReadOnly<T> = T extends object ? { readonly [Key in keyof T]: ReadOnly<T[Key]> } : T;

/** The values that a schema lets through, which nobody changes. */
export type Shape<Schema extends v.GenericSchema> = ReadOnly<v.InferOutput<Schema>>;

/** The messages of a type, which may have the choice of several. */
export type OfType<Message, Type> = Message extends { readonly type: infer Own }
  ? Type extends Own
    ? Message
    : never
  : never;
