/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What to reach: at most or at least this. */
  readonly target?: { readonly at: 'most' | 'least'; readonly value: number };
  /** A peer or the machine's limit, measured in the same run, and the highest ratio to it that is to be reached. */
  readonly against?: { readonly name: string; readonly value: number; readonly most?: number };
}

function reached({ value, target, against }: Figure): string {
  const goals = [
    target === undefined ? '' : goal(value, target.at, target.value, ''),
    against?.most === undefined ? '' : goal(value / against.value, 'most', against.most, ' ×'),
  ];
  return goals.filter((text) => text !== '').join(', ');
}

function goal(value: number, at: 'most' | 'least', bound: number, unit: string): string {
  const good = at === 'most' ? value <= bound : value >= bound;
  return `${at === 'most' ? '≤' : '≥'} ${bound}${unit} ${good ? 'reached' : 'MISSED'}`;
}

function ratio(value: number, peer: NonNullable<Figure['against']>): string {
  const times = peer.value === 0 ? 'against' : `${rounded(value / peer.value)} ×`;
  return `${times} ${peer.name} (${rounded(peer.value)})`;
}

function rounded(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** A table for the terminal. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${rounded(figure.value)} ${figure.unit}`,
    reached(figure),
    figure.against === undefined ? '' : ratio(figure.value, figure.against),
  ]);
  const all = [['figure', 'measured', 'to reach', 'ratio'], ...rows];
  const widths = [0, 1, 2].map((c) => Math.max(...all.map((row) => row[c]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, c) => cell.padEnd(widths[c] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param share between 0 and 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!;
}
