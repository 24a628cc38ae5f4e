import { describe, expect, it } from 'vitest';
import { escaped } from '../../../../../src/core/drawing/svg';
import { label, picture, placeIn } from '../../../../../src/core/training/charts/svg';
import type { Interval } from '../../../../../src/core/training/evaluation/bootstrap';
import { dotChart, rocChart } from '../../../../../src/core/training/reproduction/charts';
import { findings } from '../../../../../src/core/training/reproduction/findings';
import { methodNames, methods, type MethodName } from '../../../../../src/core/training/reproduction/methods';
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

  it('is said with the numbers and the data sets that it was computed from', () => {
    const [count, holds, fails, undecided, ...others] = findings([won, lost, open]);
    // Three data sets, three pooled vectors and three figures are compared.
    expect(numbersIn(count)).toEqual([27, 12, 3, 12]);
    for (const [sentence, study] of [
      [holds, 'pen'],
      [fails, 'speech'],
      [undecided, 'ecg'],
    ]) {
      expect(studiesIn(sentence)).toEqual([study, study, study]);
    }
    const deviation = others.find((sentence) => sentence.startsWith('**mean + std'));
    expect(studiesIn(deviation)).toEqual(['speech', 'pen', 'ecg']);
    const means = others.find((sentence) => numbersIn(sentence).includes(0.567));
    expect(numbersIn(means).slice(0, 3)).toEqual([0.567, 0.563, 0.533]);
    expect(studiesIn(findings([won])[2])).toEqual([]);
  });

  it('has a row per data set and a cell per figure', () => {
    const rows = verdictRows([won, lost, open]);
    expect(rows.map(([study]) => study)).toEqual(['pen', 'speech', 'ecg']);
    expect(rows.map((row) => row.length)).toEqual([5, 5, 5]);
    const starts = rows.map((row) => row.slice(1, 4).map((cell) => /\w+/.exec(cell)?.[0]));
    expect(starts).toEqual(['holds', 'fails', 'open'].map((verdict) => [verdict, verdict, verdict]));
    expect(rows.map((row) => row[4])).toEqual(
      (['d1', 'mean-deviation', 'mean'] as const).map((name) => methods[name].title),
    );
  });
});

/** The numbers of a sentence, in their order: `.567`, `12`. */
function numbersIn(sentence = ''): number[] {
  return [...sentence.matchAll(/(?<![\w@.])\d*\.?\d+/g)].map(([number]) => Number(number));
}

function studiesIn(sentence = ''): string[] {
  return sentence.match(/\b(?:pen|speech|ecg)\b/g) ?? [];
}

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
    expect(picture(1, 2, [])).toContain('viewBox="0 0 1 2"');
  });

  it('place values between the edges', () => {
    const place = placeIn({ left: 10, right: 30, top: 0, bottom: 100, x: [0, 2], y: [5, 6] });
    expect(place([0, 5])).toEqual([10, 100]);
    expect(place([1, 6])).toEqual([20, 0]);
  });
});
