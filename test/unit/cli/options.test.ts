import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { addView } from '../../../src/cli/commands/options';

it('views of an encoder are named one after the other', () => {
  const first = addView('every=4,weight=0.25,levels=3');
  expect(first).toEqual([{ every: 4, weight: 0.25, levels: 3 }]);
  expect(addView('steps=512,weight=1,levels=2', first)).toEqual([...first, { steps: 512, weight: 1, levels: 2 }]);
});

it.each([
  '',
  'every=4',
  'every=1,weight=1,levels=2',
  'every=4,steps=512,weight=1,levels=2',
  'steps=x,weight=1,levels=2',
])('“%s” is no view', (text) => {
  expect(() => addView(text)).toThrow(InvalidArgumentError);
});
