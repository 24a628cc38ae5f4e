import type { LabelledSeries } from '../recording';

/**
 * A univariate `.ts` file of sktime and aeon, with series of one length and class labels. The labels must hold no space,
 * comma or colon. Format: https://www.aeon-toolkit.org/en/stable/api_reference/file_specifications/ts.html
 */
export function tsFile(name: string, series: readonly LabelledSeries[]): Buffer {
  const labels = [...new Set(series.map(({ label }) => label))];
  const lines = [
    `@problemName ${name}`,
    '@timeStamps false',
    '@missing false',
    '@univariate true',
    '@equalLength true',
    `@seriesLength ${series[0]?.values.length ?? 0}`,
    `@classLabel true ${labels.join(' ')}`,
    '@data',
    ...series.map(({ label, values }) => `${Array.from(values, (value) => value.toFixed(3)).join(',')}:${label}`),
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}
