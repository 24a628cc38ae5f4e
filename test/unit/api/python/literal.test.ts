import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { literal, type Literal } from '../../../../src/api/python/literal';
import { pythonWith } from '../../../../src/dev/pythonWith';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '\n', '\r', '\0', '#', '{', '}', '\u2028', '\ud83d', '\udc00', 'N'),
  }),
);
const scalar = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
const value: fc.Arbitrary<Literal> = fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }));

describe('a literal of Python', () => {
  it('is a line of printable ASCII, which no text can end', () => {
    fc.assert(
      fc.property(text, (given) => {
        const made = literal(given);
        expect(made).toMatch(/^'(?:[ -&(-[\]-~]|\\['\\]|\\u[\da-f]{4}|\\U[\da-f]{8})*'$/);
      }),
    );
  });

  it('is nothing for what has none', () => {
    for (const none of [NaN, Infinity, -Infinity]) expect(() => literal([none])).toThrow(RangeError);
  });

  describe('read by Python', () => {
    let python: string | null;
    beforeAll(async () => {
      python = await pythonWith('ast');
      if (python === null) console.log('skipped: there is no Python');
    });

    it('means the value that it was made of', (test) => {
      if (python === null) return test.skip();
      const script = 'import ast, json, sys\nprint(json.dumps([ast.literal_eval(x) for x in json.load(sys.stdin)]))';
      fc.assert(
        fc.property(fc.array(value, { minLength: 200, maxLength: 200 }), (values) => {
          const input = JSON.stringify(values.map(literal));
          const output = execFileSync(python!, ['-c', script], { input, encoding: 'utf8' });
          expect(JSON.parse(output)).toEqual(JSON.parse(JSON.stringify(values)));
        }),
        { numRuns: 10 },
      );
    });
  });
});
