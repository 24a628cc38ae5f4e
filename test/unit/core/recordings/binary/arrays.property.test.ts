import fc from 'fast-check';
import { numberCodec } from '../../../../../src/core/recordings/formats/pcm/codecs';
import { decodePieces } from '../../../../../src/core/recordings/formats/pcm/pieces';
import { parseLiteral, type Literal } from '../../../../../src/core/recordings/formats/npy/literal';
import { describe, expect, test } from 'vitest';
import { readBytes } from './fixtures';
import { arbitraries, encode, types } from './numbers';
import { npyFile, npyHeader, zipFile } from './write';

const runs = { seed: 20240229, numRuns: 150 };

const stored = fc.constantFrom(...types).chain((type) =>
  fc.record({
    type: fc.constant(type),
    little: fc.boolean(),
    values: fc.array(arbitraries[type], { minLength: 1, maxLength: 60 }),
  }),
);

/** Cuts bytes at the given places, so that each piece begins at another alignment. */
function* cut(bytes: Buffer, places: readonly number[]) {
  let from = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    const to = Math.min(bytes.length, place);
    if (to > from) yield bytes.subarray(from, to);
    from = Math.max(from, to);
  }
  yield bytes.subarray(from);
}

async function* asStream<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

test('every type is decoded alike, however its bytes are cut and aligned', async () => {
  const places = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(stored, places, fc.nat(7), async ({ type, little, values }, places, shift) => {
      const bytes = encode(type, values, little);
      const misaligned = Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift);
      const decoded = new Float64Array(values.length);
      await decodePieces(
        asStream(cut(misaligned, places)),
        numberCodec(type, little),
        values.length,
        (block, start) => {
          decoded.set(block, start);
        },
      );
      expect([...decoded]).toEqual(values);
    }),
    runs,
  );
});

test('long streams are decoded block by block', async () => {
  const bytes = Buffer.from(Float32Array.from({ length: 2 ** 19 + 3 }, (_, i) => i).buffer);
  const [sequence] = await readBytes('/x.npy', npyFile(npyHeader('<f4', [bytes.length / 4]), bytes));
  const values = sequence!.channels[0]!.values;
  expect(bytes.equals(Buffer.from(values.buffer, values.byteOffset, values.byteLength))).toBe(true);
});

describe('arrays', () => {
  const shapes = fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
    fortran: fc.boolean(),
    channelsFirst: fc.boolean(),
    deflate: fc.boolean(),
  });

  /** The place of an element in the file, by the definition of row-major and column-major order. */
  function placeOf(index: readonly number[], shape: readonly number[], fortran: boolean): number {
    const axes = shape.map((length, i) => [length, index[i] ?? 0] as const);
    return (fortran ? axes.reverse() : axes).reduce((place, [length, i]) => place * length + i, 0);
  }

  test('every element is found where its index says', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ shape, fortran, channelsFirst, deflate }) => {
        const count = shape.reduce((product, length) => product * length, 1);
        const values = Float32Array.from({ length: count }, (_, i) => i + 0.5);
        const file = npyFile(npyHeader('<f4', shape, fortran), Buffer.from(values.buffer));
        const arrayAxes = channelsFirst ? 'channels-first' : 'time-first';
        const sequences = await readBytes('/x.npy', file, { arrayAxes });
        expect(sequences).toHaveLength(shape.length === 3 ? shape[0]! : 1);
        sequences.forEach(({ channels }, n) => {
          channels.forEach(({ values }, c) => {
            values.forEach((value, t) => {
              const plane = channelsFirst ? [c, t] : [t, c];
              const index = [[t], plane, [n, ...plane]][shape.length - 1]!;
              expect(value).toBe(placeOf(index, shape, fortran) + 0.5);
            });
          });
        });
        const zip = zipFile([{ name: 'a.npy', data: file, deflate }]);
        const unpacked = await readBytes('/x.npz', zip, { arrayAxes });
        expect(unpacked.map(({ channels }) => channels)).toEqual(sequences.map(({ channels }) => channels));
      }),
      runs,
    );
  });
});

test('literals come back as they were written', () => {
  const { literal } = fc.letrec<{ literal: Literal; items: Literal }>((tie) => ({
    literal: fc.oneof(
      { maxDepth: 4 },
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
      tie('items'),
      fc.array(fc.tuple(fc.string(), tie('literal'))).map((entries) => new Map(entries)),
    ),
    items: fc.array(tie('literal')),
  }));
  const python = (value: Literal): string => {
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
    if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
    if (value instanceof Map) {
      return `{${[...(value as ReadonlyMap<string, Literal>)].map(([key, item]) => `${python(key)}: ${python(item)}, `).join('')}}`;
    }
    return `(${(value as readonly Literal[]).map((item) => `${python(item)},`).join(' ')})`;
  };
  fc.assert(
    fc.property(literal, (value) => {
      expect(parseLiteral(` ${python(value)}\n`)).toEqual(value);
    }),
    runs,
  );
});
