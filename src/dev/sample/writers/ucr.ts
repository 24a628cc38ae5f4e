import type { LabelledSeries } from '../recording';

/** A file of the UCR archive of 2018: one series a line, its class first (counted from 1), separated by tabs. */
export function ucrFile(series: readonly LabelledSeries[]): Buffer {
  const labels = [...new Set(series.map(({ label }) => label))];
  const lines = series.map(({ label, values }) => {
    return [labels.indexOf(label) + 1, ...Array.from(values, (value) => value.toFixed(4))].join('\t');
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}
