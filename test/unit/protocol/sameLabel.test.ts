import { expect, it } from 'vitest';
import { sameLabel } from '../../../src/protocol/sequences';

const labelled = (path: string, label: string | null, ownLabel?: true) => ({
  ref: { path, number: 0 },
  label,
  ...(ownLabel && { ownLabel }),
});

it('is that of labels.csv wherever the recordings lie, and that of a file in this file alone', () => {
  expect(sameLabel(labelled('a', null), labelled('a', null))).toBe(false);
  expect(sameLabel(labelled('a', '1'), labelled('b', '1'))).toBe(true);
  expect(sameLabel(labelled('a', '1'), labelled('b', '2'))).toBe(false);
  expect(sameLabel(labelled('a', '1', true), labelled('a', '1', true))).toBe(true);
  expect(sameLabel(labelled('a', '1', true), labelled('b', '1', true))).toBe(false);
  expect(sameLabel(labelled('a', '1', true), labelled('a', '1'))).toBe(false);
});
