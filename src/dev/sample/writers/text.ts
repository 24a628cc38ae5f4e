import type { LabelledSeries } from '../recording';

export interface CsvColumn {
  readonly name: string;
  readonly values: Float32Array;
  readonly decimals: number;
}

/** Comma-separated text with a header line. The names must not need quoting. */
export function csvFile(columns: readonly CsvColumn[]): Buffer {
  const rows = [columns.map(({ name }) => name).join(',')];
  const steps = columns[0]?.values.length ?? 0;
  for (let t = 0; t < steps; t++) {
    rows.push(columns.map(({ values, decimals }) => values[t]!.toFixed(decimals)).join(','));
  }
  return Buffer.from(`${rows.join('\n')}\n`);
}

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

/** A file of the UCR archive of 2018: one series a line, its class first (counted from 1), separated by tabs. */
export function ucrFile(series: readonly LabelledSeries[]): Buffer {
  const labels = [...new Set(series.map(({ label }) => label))];
  const lines = series.map(({ label, values }) => {
    return [labels.indexOf(label) + 1, ...Array.from(values, (value) => value.toFixed(4))].join('\t');
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}
