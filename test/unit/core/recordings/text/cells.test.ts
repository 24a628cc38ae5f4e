import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../../src/core/recordings/formats/delimited/cells';
import { numberIn, type NumberForm } from '../../../../../src/core/recordings/formats/text/numbers';

const point: NumberForm = { decimal: '.', thousands: '' };
const comma: NumberForm = { decimal: ',', thousands: '' };
const german: NumberForm = { decimal: ',', thousands: '.' };

describe('a cell', () => {
  it.each<[string, NumberForm, string]>([
    ['-0.5', point, 'number'],
    ['.5', comma, 'number'],
    ['5,', comma, 'number'],
    ['0,5', point, 'text'],
    ['1.234', german, 'number'],
    ['5-3', point, 'text'],
    ['2024-05-06', point, 'moment'],
    ['-1.#IND', point, 'missing'],
    ['-', point, 'missing'],
    ['Inactive', point, 'flag'],
    ['1;2', point, 'vector'],
    ['12 mV', point, 'measure'],
  ])('%s in the form %o is a %s', (cell, form, kind) => {
    expect(kindOf(cell, form)).toBe(kind);
  });

  it.each<[string, NumberForm, number | undefined]>([
    ['1,5', comma, 1.5],
    ['1,5', point, undefined],
    ['1.5', comma, 1.5],
    ['1.234,5', german, 1234.5],
    ['1,2,3', comma, undefined],
    ['1d3', point, 1000],
  ])('%s in the form %o is the number %s', (cell, form, number) => {
    expect(numberIn(cell, form)).toBe(number);
  });
});
