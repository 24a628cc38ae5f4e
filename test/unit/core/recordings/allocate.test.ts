import { expect, it } from 'vitest';
import { bytesFor, exactSamplesFor, samplesFor } from '../../../../src/core/recordings/allocate';
import { UnreadableError } from '../../../../src/core/recordings/unreadable';

const all = { samplesFor, exactSamplesFor, bytesFor };
// More than any machine has.
const tooMuch = 2 ** 52;

it.each(Object.entries(all))('%s gives memory, and says why where there is too little of it', (_, allocate) => {
  expect(allocate(3)).toHaveLength(3);
  expect(() => allocate(tooMuch)).toThrow(UnreadableError);
  expect(() => allocate(tooMuch)).toThrow('it does not fit into the memory that is free');
});

it.each(Object.entries(all))('%s takes no bug for a lack of memory', (_, allocate) => {
  for (const length of [-1, 0.5, NaN]) expect(() => allocate(length)).toThrow(RangeError);
});
