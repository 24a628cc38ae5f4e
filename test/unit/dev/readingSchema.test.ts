import { Ajv } from 'ajv';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { decisions } from '../../../src/core/recordings/reading/decisions';
import { parseReadingRules, ReadingRulesError } from '../../../src/core/recordings/reading/rulesFile';
import { readingSchema } from '../../../src/dev/readingSchema';

interface Part {
  readonly description?: string;
}

const schema = readingSchema() as {
  readonly properties: { readonly rules: { readonly items: { readonly properties: Readonly<Record<string, Part>> } } };
};
// The editor has keywords of its own for comments and commas.
const validate = new Ajv({ strict: false }).compile(schema);

function isRead(value: unknown): boolean {
  try {
    parseReadingRules(JSON.stringify(value));
    return true;
  } catch (error) {
    if (!(error instanceof ReadingRulesError)) throw error;
    return false;
  }
}

describe('the schema that the editor checks reading.json by', () => {
  it('describes every decision', () => {
    const { properties } = schema.properties.rules.items;
    expect(Object.keys(properties).sort()).toEqual(['files', ...Object.keys(decisions.entries)].sort());
    for (const [name, { description }] of Object.entries(properties)) expect(description, name).toMatch(/^.{15}.*[.]$/);
  });

  it('lets through what Kindred reads, and nothing else', () => {
    const odd = fc.constantFrom(
      null,
      1,
      0,
      -1,
      1.5,
      '',
      'x',
      '.',
      ',',
      'tab',
      's',
      'rows',
      'auto',
      [],
      ['x'],
      [1],
      [null],
      {},
    );
    const rule = fc.record(
      { files: odd, ...Object.fromEntries(Object.keys(decisions.entries).map((name) => [name, odd])), other: odd },
      { requiredKeys: [] },
    );
    const file = fc.record(
      { $schema: odd, rules: fc.oneof(odd, fc.array(rule, { maxLength: 3 })), other: odd },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          file,
          fc.record({
            rules: fc.array(
              rule.map((each) => ({ ...each, files: 'a' })),
              { maxLength: 1 },
            ),
          }),
        ),
        (value) => {
          expect(validate(value)).toBe(isRead(value));
        },
      ),
      { numRuns: 2000, seed: 11 },
    );
  });

  it('holds for each decision by itself', () => {
    const values = [
      null,
      1,
      0,
      -1,
      1.5,
      1e13,
      '',
      'x',
      '.',
      ',',
      'tab',
      's',
      'rows',
      'auto',
      [],
      ['x'],
      [1],
      [0],
      [null],
      {},
    ];
    for (const [name, schemaOf] of Object.entries(decisions.entries)) {
      for (const value of values) {
        expect(validate({ rules: [{ files: 'a', [name]: value }] }), `${name} ${JSON.stringify(value)}`).toBe(
          v.is(schemaOf, value),
        );
      }
    }
  });
});
