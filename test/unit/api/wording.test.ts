import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoted } from '../../../src/api/tools/wording';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u202e', '\u200b', '\ud800', '\u{e0041}', '\u2028', 'a', ' ') }),
);

it('a quoted text is one line that it cannot end, in which every character can be seen', () => {
  fc.assert(
    fc.property(text, (given) => {
      const made = quoted(given);
      expect(made).toMatch(/^"(?:[^"\\]|\\.)*"$/u);
      expect(made).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u);
      if (given.length <= 200) expect(JSON.parse(made)).toBe(given);
      expect(made.length).toBeLessThan(1300);
    }),
  );
});
