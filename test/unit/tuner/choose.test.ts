import { expect, it } from 'vitest';
import { initialWeights } from '../../../src/core/encoder/initialWeights';
import { blend, keptAs } from '../../../src/tuner/choose';
import { encoderFile } from '../../../src/core/training/trainer/encoderFile';
import { tiny } from '../core/training/trainer/settings';

it('lets an encoder keep its features as another one does, and nothing else of it', () => {
  const { architecture, levels } = tiny.objective;
  const file = encoderFile(architecture, levels, initialWeights(architecture, 1), { name: 'new', training: '' });
  const course = { parts: 2, levels: 2, share: 0.5 };
  const base = { ...file, description: { ...file.description, name: 'old', course } };
  expect(keptAs(base, file).description).toEqual({ ...file.description, course });
  const plain = { ...base.description };
  delete (plain as { course?: unknown }).course;
  expect(keptAs({ ...base, description: plain }, file).description).not.toHaveProperty('course');
  expect(file.description.course).toBeDefined();
});

it('mixes weights of one network alone', () => {
  const from = new Map([['a', Float32Array.of(0, 4)]]);
  expect([...(blend(from, new Map([['a', Float32Array.of(4, 0)]]), 0.25).get('a') ?? [])]).toEqual([1, 3]);
  expect(() => blend(from, new Map(), 0.25)).toThrow('the weights lack a');
});
