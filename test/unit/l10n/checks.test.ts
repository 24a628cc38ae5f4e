import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { inProject } from '../../../src/dev/project';
import { copyText, doubtText, faultText, outlierText } from '../../../src/l10n/checks';
import { useBundle, type Bundle } from '../../../src/l10n/messages';
import { useLanguage } from '../../../src/l10n/numbers';
import { copyKind, faultKind, type Copy, type Fault } from '../../../src/protocol/checks';

const copy = (kind: Copy['kind'], amount: number | null = null, channel: number | null = null): Copy => ({
  kind,
  amount,
  channel,
});

const fault = (
  kind: Fault['kind'],
  amount: number | null,
  channel: number | null = 0,
  other: number | null = null,
) => ({
  ...{ kind, amount, channel, other },
});

afterEach(() => {
  useBundle({});
  useLanguage('en');
});

describe('what checks found', () => {
  it('tells the kinds of copies with their amounts', () => {
    expect(copyText(copy('shifted', 120), [null])).toBe('The same, but it begins 120 time steps later.');
    expect(copyText(copy('shifted', -1), [null])).toBe('The same, but it begins 1 time step earlier.');
    expect(copyText(copy('cut', 0), [null])).toBe('One is cut from the other, at time step 1.');
    expect(copyText(copy('rescaled', 9.81), ['x', 'y'])).toBe('The same values times 9.8.');
    expect(copyText(copy('rescaled', 1, 1), ['x', 'y'])).toBe('y: The same values, moved by a constant.');
    expect(copyText(copy('inverted', null, 1), ['x', null])).toBe('Channel 2: The values are inverted.');
    expect(copyText(copy('noisy', 0.053), [null])).toBe('The same with noise of 5.3 % of the spread.');
  });

  it('tells faults with their channels and amounts', () => {
    expect(faultText(fault('flat', 0.004, 1), ['x', 'y'])).toBe('y: The values do not change for <1 % of the time.');
    expect(faultText(fault('unit', 0.001), ['x'])).toBe(
      'The values of the others are about 1000 times as large: is it in another unit?',
    );
    expect(faultText(fault('swapped', null, 0, 2), ['x', 'y', ''])).toBe('x and Channel 3 seem to be swapped.');
    expect(faultText(fault('spikes', 1), ['x'])).toBe('It has a spike that the others have not.');
    expect(faultText(fault('level', -2), ['x'])).toBe('It is lower than the others, by 2 times their spread.');
    expect(faultText(fault('hum', 50), ['x'])).toBe('It hums at 50 Hz, as the mains do.');
  });

  it('says why a sequence is an outlier, and a label doubtful', () => {
    expect(outlierText(3.14159)).toBe('It is 3.1 times as far from its nearest as they are from theirs.');
    expect(doubtText('walk', { suggested: 'run', confidence: 0.93, given: 0 })).toBe(
      'Its nearest speak for run (93 %) rather than for walk (0 %).',
    );
  });

  it.each(['de', 'ja'])('has a sentence of its own for every kind, in %s too', (language) => {
    useBundle(JSON.parse(readFileSync(inProject(`l10n/bundle.l10n.${language}.json`), 'utf8')) as Bundle);
    useLanguage(language);
    const texts = [
      ...copyKind.options.map((kind) => copyText(copy(kind, 2), ['x'])),
      ...faultKind.options.map((kind) => faultText(fault(kind, 2, 0, 1), ['x', 'y'])),
    ];
    expect(new Set(texts).size).toBe(copyKind.options.length + faultKind.options.length);
    expect(texts.filter((text) => text.includes('{'))).toEqual([]);
  });
});
