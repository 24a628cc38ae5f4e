import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { readAs } from './read';

const rows = [...Array(20).keys()];

/** A file as LabVIEW's description of the format shows it: two segments, special data in the first header of each. */
function lvm(separator = '\t', decimal = '.'): string {
  const line = (...cells: (string | number)[]) =>
    cells.map((cell) => String(cell).replace('.', decimal)).join(separator);
  const segment = (shift: number) => [
    line('Channels', 2),
    line('Samples', 20, 20),
    line('Date', '2024/05/01', '2024/05/01'),
    line('Y_Unit_Label', 'Volts', 'g'),
    line('X_Dimension', 'Time', 'Time'),
    line('X0', '0.0E+0', '0.0E+0'),
    line('Delta_X', 0.001, 0.001),
    '***End_of_Header***',
    line('X_Value', 'Voltage', 'Acceleration', 'Comment'),
    ...rows.map((t) => line(t / 1000, t / 4 + shift, t % 3)),
    '',
  ];
  return [
    line('LabVIEW Measurement', ''),
    line('Writer_Version', 2),
    line('Reader_Version', 2),
    line('Separator', separator === '\t' ? 'Tab' : 'Comma'),
    line('Decimal_Separator') + separator + decimal,
    line('Multi_Headings', 'Yes'),
    line('X_Columns', 'One'),
    '***Start_Special***',
    line('Channels', 99),
    '***End_Special***',
    '***End_of_Header***',
    '',
    ...segment(0),
    ...segment(5),
  ].join('\r\n');
}

describe('LabVIEW measurements', () => {
  it.each([
    ['tabs', lvm()],
    ['commas', lvm(',')],
    ['decimal commas', lvm('\t', ',')],
  ])('have segments with units and a rate, between %s', async (_, text) => {
    const sequences = await readAs('x.lvm', text);
    expect(sequences?.map(({ rate }) => rate)).toEqual([1000, 1000]);
    const channels = sequences?.map((sequence) =>
      sequence.channels.map(({ name, unit, values }) => [name, unit, Array.from(values)]),
    );
    expect(channels).toEqual(
      [0, 5].map((shift) => [
        ['Voltage', 'Volts', rows.map((t) => t / 4 + shift)],
        ['Acceleration', 'g', rows.map((t) => t % 3)],
      ]),
    );
  });

  it.each([
    ['it is none', 'a,b\n1,2\n', 'it does not begin like a LabVIEW measurement'],
    ['its headers do not end', lvm().slice(0, 120), 'it is truncated: its headers do not end'],
    ['it has no rows', lvm().slice(0, lvm().indexOf('X_Value')), 'it holds no samples'],
  ])('are refused, because %s', (_, text, reason) => expect(readAs('x.lvm', text)).rejects.toThrow(reason));

  it('are refused when they hold too much', () =>
    expect(readAs('x.lvm', lvm(), { maximumSamples: 50 })).rejects.toThrow('it has more than the 50 samples allowed'));

  it('end well when they are damaged', async () => {
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        await endsWell(readAs('x.lvm', damaged(Buffer.from(lvm()), damage), { maximumSamples: 10_000 }), 10_000);
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});
