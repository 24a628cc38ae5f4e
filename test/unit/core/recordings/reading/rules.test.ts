import { describe, expect, it } from 'vitest';
import { parseReadingRules, ReadingRulesError } from '../../../../../src/core/recordings/reading/rulesFile';
import { ReadingRulesTable } from '../../../../../src/core/recordings/reading/rulesTable';

const table = (text: string) => new ReadingRulesTable(parseReadingRules(text));

describe('the rules of reading', () => {
  it('finds what is decided about a file, the last rule first', () => {
    const rules = table(`{
      // Loggers of the second floor.
      "rules": [
        { "files": "*.csv", "names": ["x"], "rate": 50 },
        { "files": "second/**/*.csv", "rate": 100, "channels": ["x", 3] },
      ],
    }`);
    expect(rules.find('second/a/b.csv')).toEqual({ names: ['x'], rate: 100, channels: ['x', 3] });
    expect(rules.find('first/b.csv')).toEqual({ names: ['x'], rate: 50 });
    expect(rules.find('first/b.txt')).toBeNull();
  });

  const wrong: readonly (readonly [string, string, number, RegExp])[] = [
    ['nothing', '', 1, /no JSON|empty/],
    ['something that is no JSON', '{\n"rules": [\n{ "files" "x" }]}', 3, /no JSON \(colon expected\)/],
    ['no rules', '{}', 1, /rules/],
    ['a rule without files', '{"rules": [\n{ "rate": 3 }]}', 2, /"rules.0.files"/],
    ['an unknown decision', '{"rules": [{\n"files": "a",\n"ratte": 3 }]}', 3, /"rules.0.ratte" is not known/],
    ['an impossible rate', '{"rules": [{\n"files": "a",\n\n"rate": -1 }]}', 4, /"rules.0.rate" is -1/],
    ['a wrong axis', '{"rules": [{ "files": "a", "axes": "x" }]}', 1, /"rules.0.axes" is "x"/],
    ['nesting without end', '['.repeat(100_000), 1, /nested too deeply/],
    ['a prototype', '{"rules": [], "__proto__": {"rules": 1}}', 1, /"__proto__" is not known/],
  ];
  it.each(wrong)('names the line of %s', (_, text, line, reason) => {
    let thrown: unknown;
    try {
      parseReadingRules(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ReadingRulesError);
    expect(thrown).toMatchObject({ line, message: expect.stringMatching(reason) as string });
  });
});
