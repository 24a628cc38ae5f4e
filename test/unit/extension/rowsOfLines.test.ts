import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spanOfLines } from '../../../src/extension/windows/rowsOfLines';
import type { ReadingDescription } from '../../../src/protocol/reading';

function description(begin: number, steps: number, sequenceCount = 1): ReadingDescription {
  const sequence = { name: null, label: null, rate: null, steps, channels: [], notes: [], doubts: [] };
  return {
    ...{ format: 'delimited', problem: null, decidable: [], decided: {}, channels: [], sequenceCount },
    sequences: [sequence],
    table: {
      columns: [],
      rows: [
        { line: 1, role: 'names', cells: [] },
        { line: begin, role: 'samples', cells: [] },
      ],
    },
  };
}

it('lines stand for the time steps that they hold, whatever stands above and between', () => {
  const line = fc.constantFrom('1,2', '3,4', '', ' ');
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.array(line, { minLength: 1, maxLength: 20 }),
      fc.nat(25),
      fc.nat(25),
      (head, body, a, b) => {
        const lines = ['x,y', ...Array.from({ length: head }, () => '# note'), '0,0', ...body];
        const begin = head + 2;
        const steps = lines.slice(begin - 1).filter((text) => text.trim() !== '').length;
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const span = spanOfLines(description(begin, steps), lines, { first, last });
        let step = 0;
        const chosen = lines.flatMap((text, i) => {
          if (i < begin - 1 || text.trim() === '') return [];
          const at = step++;
          return i >= first && i <= last ? [at] : [];
        });
        expect(span).toEqual(chosen.length === 0 ? null : { start: chosen[0], end: (chosen.at(-1) ?? 0) + 1 });
      },
    ),
    { seed: 3 },
  );
});

it('lines of a file whose lines are not its time steps stand for nothing', () => {
  const lines = ['x', '1', '2', '3'];
  const all = { first: 0, last: 3 };
  expect(spanOfLines(description(2, 3), lines, all)).toEqual({ start: 0, end: 3 });
  expect(spanOfLines(description(2, 2), lines, all)).toBeNull();
  expect(spanOfLines(description(2, 3, 2), lines, all)).toBeNull();
  expect(spanOfLines({ ...description(2, 3), table: null }, lines, all)).toBeNull();
});
