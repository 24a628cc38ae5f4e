import fc from 'fast-check';
import { parse, parseTree, visit } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { Decisions } from '../../../../../src/core/recordings/reading/decisions';
import { withoutRule, withRule } from '../../../../../src/core/recordings/reading/editRules';
import { parseReadingRules, ReadingRulesError } from '../../../../../src/core/recordings/reading/rulesFile';

const stays = () => false;

const own = `{
  // Loggers of the second floor.
  "rules": [
    // old ones
    { "files": "a.csv", "rate": 5 }, // after a
    /* between */
    { "files": "b.csv", // inside b
      "rate": 7, "axes": "auto" }, // after b
  ],
}
`;

/** All comments of a text, in order. */
function commentsIn(text: string): readonly string[] {
  const comments: string[] = [];
  visit(text, {
    onComment: (offset, length) => {
      comments.push(text.slice(offset, offset + length));
    },
  });
  return comments;
}

describe('a rule that is written', () => {
  it('begins a file that people can read', () => {
    const first = withRule(null, 'a.csv', { rate: 50 }, stays);
    expect(first).toBe('{\n  "rules": [\n    { "files": "a.csv", "rate": 50 }\n  ]\n}\n');
    expect(withRule(first, 'b/*.csv', { clock: null, names: ['x', 'y'] }, stays)).toBe(
      '{\n  "rules": [\n    { "files": "a.csv", "rate": 50 },\n    { "files": "b/*.csv", "clock": null, "names": ["x", "y"] }\n  ]\n}\n',
    );
  });

  it('stands behind what was written by hand, which stays as it is', () => {
    const longer = withRule(own, 'c.csv', { rate: 9 }, stays);
    expect(longer).toBe(own.replace('// after b\n', '// after b\n    { "files": "c.csv", "rate": 9 },\n'));
  });

  it('takes the place of the rule of exactly its glob, whose comments stay', () => {
    const changed = withRule(own, 'b.csv', { rate: 8, clock: 't' }, stays);
    expect(changed).toContain('{ "files": "b.csv", // inside b\n      "rate": 8,');
    expect(parseReadingRules(changed)).toEqual([
      { files: 'a.csv', decided: { rate: 5 } },
      { files: 'b.csv', decided: { rate: 8, clock: 't' } },
    ]);
    expect(commentsIn(changed)).toEqual(commentsIn(own));
  });

  it('moves to the end where a later rule would undo it', () => {
    const isUndone = (rules: ReturnType<typeof parseReadingRules>) => rules.at(-1)?.files !== 'a.csv';
    const changed = withRule(own, 'a.csv', { rate: 9 }, isUndone);
    expect(parseReadingRules(changed).map(({ files }) => files)).toEqual(['b.csv', 'a.csv']);
    expect(commentsIn(changed)).toEqual(commentsIn(own));
  });

  it('is refused by a file that cannot be used', () => {
    expect(() => withRule('{ "rules": [ { "files": 1 } ] }', 'a.csv', { rate: 1 }, stays)).toThrow(ReadingRulesError);
    expect(() => withoutRule('{', 'a.csv')).toThrow(ReadingRulesError);
  });
});

describe('a rule that is removed', () => {
  it('leaves the comments around it', () => {
    expect(withoutRule(own, 'a.csv')).toBe(own.replace('{ "files": "a.csv", "rate": 5 }, ', ''));
    expect(withoutRule(own, 'c.csv')).toBe(own);
    expect(withoutRule(withRule(null, 'a.csv', { rate: 1 }, stays), 'a.csv')).toBe('{\n  "rules": [\n  ]\n}\n');
  });
});

describe('any rules', () => {
  const globs = fc.constantFrom('a.csv', '*.tsv', 'x/**', '{a,b}.npy');
  const decided: fc.Arbitrary<Decisions> = fc.record(
    {
      rate: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      names: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
      clock: fc.option(fc.string({ minLength: 1, maxLength: 5 })),
      axes: fc.constantFrom('auto' as const, 'time-first' as const),
    },
    { requiredKeys: [] },
  );
  const blanks = fc.constantFrom('', ' ', '\n', ' // , "]\n', '/* , } */', '\r\n\t');
  const trailing = fc.constantFrom('', ',');

  /** A file as somebody may have written it, with blanks and comments in any place. */
  const file = fc
    .record({
      rules: fc.array(fc.record({ files: globs, decided }), { maxLength: 4 }),
      gaps: fc.array(blanks, { minLength: 60, maxLength: 60 }),
      commas: fc.array(trailing, { minLength: 8, maxLength: 8 }),
    })
    .map(({ rules, gaps, commas }) => {
      let at = 0;
      const gap = () => gaps[at++ % gaps.length] ?? '';
      const comma = (items: readonly string[]) => (items.length > 0 ? (commas[at % commas.length] ?? '') : '');
      const objects = rules.map((rule) => {
        const entries = Object.entries({ files: rule.files, ...rule.decided }).map(
          ([key, value]) => `${JSON.stringify(key)}${gap()}:${gap()}${JSON.stringify(value)}`,
        );
        return `{${gap()}${entries.join(`${gap()},${gap()}`)}${gap()}${comma(entries)}${gap()}}`;
      });
      return `${gap()}{${gap()}"rules":${gap()}[${gap()}${objects.join(`${gap()},${gap()}`)}${gap()}${comma(objects)}${gap()}]${gap()}}${gap()}`;
    });

  it('keep all others and every comment, whatever is written or removed', () => {
    fc.assert(
      fc.property(file, globs, decided, (text, glob, next) => {
        const before = parseReadingRules(text);
        const others = before.filter(({ files }) => files !== glob);
        const written = withRule(text, glob, next, stays);
        const after = parseReadingRules(written);
        expect(after.filter(({ files }) => files !== glob)).toEqual(others);
        expect(after.findLast(({ files }) => files === glob)?.decided).toEqual(next);
        // What stands inside of something that goes, goes with it.
        if (others.length === before.length) expect(commentsIn(written)).toEqual(commentsIn(text));
        const removed = withoutRule(text, glob);
        expect(parseReadingRules(removed)).toEqual(others);
        expect(parseTree(removed)).toBeDefined();
        expect(parse(removed, [], { allowTrailingComma: true })).toBeDefined();
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
