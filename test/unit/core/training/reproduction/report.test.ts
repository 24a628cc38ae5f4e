import { describe, expect, it } from 'vitest';
import { escaped, label, placeIn, svgDocument } from '../../../../../src/core/training/charts/svg';
import type { Interval } from '../../../../../src/core/training/evaluation/bootstrap';
import { dotChart, rocChart } from '../../../../../src/core/training/reproduction/charts';
import { findings } from '../../../../../src/core/training/reproduction/findings';
import { methodNames, type MethodName } from '../../../../../src/core/training/reproduction/methods';
import { usualBudget } from '../../../../../src/core/training/reproduction/results';
import { reportOf, table } from '../../../../../src/core/training/reproduction/report';
import type { MethodFigures, TargetFigures } from '../../../../../src/core/training/reproduction/summary';
import { standingOf, verdictOn, verdictRows, winnerOf } from '../../../../../src/core/training/reproduction/verdict';

const around = (value: number, width = 0.02): Interval => ({ value, low: value - width, high: value + width });

/** @param values of every method, higher being better; the equal error rate is one minus them, halved */
function targetOf(study: string, values: Readonly<Record<MethodName, number>>): TargetFigures {
  const figures = methodNames.map((method): MethodFigures => {
    const value = values[method];
    const delta = value - values.d1;
    const differences =
      method === 'd1'
        ? { recallAt1: null, meanAveragePrecision: null, equalErrorRate: null }
        : { recallAt1: around(delta), meanAveragePrecision: around(delta), equalErrorRate: around(-delta / 2, 0.01) };
    return {
      method,
      metrics: {
        recallAt1: around(value),
        meanAveragePrecision: around(value),
        equalErrorRate: around((1 - value) / 2),
      },
      differences,
      roc: Array.from({ length: 101 }, (_, i) => i / 100),
    };
  });
  const crossed = methodNames.map((trained) => ({ trained, tested: values }));
  return { study, name: study, packs: 1, queries: 100, methods: figures, crossed };
}

const even = { mean: 0.5, 'mean-deviation': 0.5, maximum: 0.5, cosine: 0.5, d1: 0.5, d2: 0.5 };
const won = targetOf('pen', { ...even, d1: 0.7, d2: 0.69 });
const lost = targetOf('speech', { ...even, 'mean-deviation': 0.6 });
const open = targetOf('ecg', { ...even, maximum: 0.1 });

describe('the verdict', () => {
  it('asks for intervals that are clear of zero, and knows that a low error is good', () => {
    for (const metric of ['recallAt1', 'meanAveragePrecision', 'equalErrorRate'] as const) {
      expect(standingOf(won, 'mean', metric)).toBe('better');
      expect(standingOf(lost, 'mean-deviation', metric)).toBe('worse');
      expect(standingOf(lost, 'mean', metric)).toBe('open');
      expect([won, lost, open].map((target) => verdictOn(target, metric))).toEqual(['holds', 'fails', 'open']);
      expect([won, lost].map((target) => winnerOf(target, metric))).toEqual(['d1', 'mean-deviation']);
    }
    expect(standingOf(won, 'd1', 'recallAt1')).toBeNull();
  });

  it('is said in sentences', () => {
    const sentences = findings([won, lost, open]);
    expect(sentences[0]).toContain('Of 27 comparisons');
    expect(sentences[0]).toContain('D₁ is better in 12 and worse in 3; in 12 the interval');
    expect(sentences[1]).toMatch(/\*\*holds\*\* .* by recall@1 on pen; by mAP on pen; by EER on pen\.$/);
    expect(sentences[2]).toMatch(/not hold\*\* .* by recall@1 on speech;/);
    expect(sentences[3]).toMatch(/neither shown nor refuted by recall@1 on ecg;/);
    expect(sentences).toContain(
      '**mean + std, Euclid**, trained and tested by it, is better than D₁ on speech, worse on pen, not told apart on ecg, by mAP (UCR: recall@1).',
    );
    expect(sentences.join(' ')).toContain('D₁ on pen');
    expect(sentences.join(' ')).toContain('the best first: D₁ .567; D₂ .563; mean + std, Euclid .533;');
    expect(verdictRows([won, lost, open])).toEqual([
      ['pen', '**holds**', '**holds**', '**holds**', 'D₁'],
      ['speech', ...new Array<string>(3).fill('fails: mean + std better'), 'mean + std, Euclid'],
      ['ecg', ...new Array<string>(3).fill('open: beats max only'), 'mean, Euclid'],
    ]);
    expect(findings([won])[2]).toMatch(/clear of zero\) nowhere\.$/);
  });
});

describe('the report', () => {
  const results = {
    budget: usualBudget,
    seeds: [1, 2, 3],
    architecture: 'a network',
    trainingSeconds: 1,
    targets: [won, lost, open],
  };

  it('has a row per method, with differences that are clear of zero in bold', () => {
    const text = reportOf(results);
    expect(text).toContain('### pen (100 queries)');
    expect(text).toContain('| mean, Euclid | .500 [.480, .520]<br>**−.200 [−.220, −.180]** |');
    expect(text).toContain('| D₂ | .690 [.670, .710]<br>−.010 [−.030, +.010] |');
    expect(text).toContain('3 seeds (1, 2, 3)');
    expect(text.match(/^\| D₁ \|/gm)).toHaveLength(6);
  });

  it('says first what a run lacks', () => {
    expect(reportOf(results)).toContain('**Not part of this run: gaze, walking, pool.**');
    expect(reportOf(results)).not.toContain('One seed only');
    expect(reportOf({ ...results, seeds: [2] })).toMatch(/## What comes out\n\n\*\*One seed only/);
    expect(reportOf(results)).not.toContain('steps on all data sets at once');
  });

  it('escapes bars in tables', () => {
    expect(table(['a', 'b'], [['x|y', '1']])).toBe('| a | b |\n| --- | --- |\n| x\\|y | 1 |');
  });
});

describe('charts', () => {
  it('show a dot per method and target, and a curve per method', () => {
    const dots = dotChart('recall@1', 'recallAt1', [won, lost]);
    expect(dots.match(/<circle/g)).toHaveLength(6 + 2 * 6);
    const curves = rocChart('ROC', [won, lost]);
    // Of either target the six curves and the line of equal errors.
    expect(curves.match(/<polyline/g)).toHaveLength(2 * 7);
    for (const svg of [dots, curves]) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>\n$/s);
      expect(svg).not.toContain('NaN');
    }
  });

  it('escape what they are given', () => {
    const hostile = targetOf('</text><script>"&', even);
    const svg = dotChart('a < b', 'recallAt1', [hostile]);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&quot;&amp;');
    expect(escaped('<a b="c">&')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;');
    expect(label(1, 2.04, '<', { anchor: 'end', bold: true })).toBe(
      '<text x="1" y="2" text-anchor="end" font-weight="bold">&lt;</text>',
    );
    expect(svgDocument(1, 2, [])).toContain('viewBox="0 0 1 2"');
  });

  it('place values between the edges', () => {
    const place = placeIn({ left: 10, right: 30, top: 0, bottom: 100, x: [0, 2], y: [5, 6] });
    expect(place([0, 5])).toEqual([10, 100]);
    expect(place([1, 6])).toEqual([20, 0]);
  });
});
