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
