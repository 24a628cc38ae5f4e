import type { WindowsResult } from './windowsPack';
import { hasBothSplits } from '../packs/splits';
import type { Pack } from '../packs/pack';
import type { Metrics } from './metrics';
import { largest } from '../../recordings/extremes';

/** Which mean a pack enters: sets of the UCR archive with both splits, packs for identification, or neither. */
export type Group = 'ucr' | 'identification' | null;

export interface PackResult {
  readonly name: string;
  readonly group: Group;
  readonly metrics: Metrics;
}

/** Sets of the UCR archive with a single split enter no mean: they have no protocol of their own. */
export function groupOf(pack: Pack): Group {
  if (pack.domain !== 'ucr') return 'identification';
  return hasBothSplits(pack) ? 'ucr' : null;
}

/** Means over packs, `null` where there is no pack. */
export interface Means {
  /** Mean recall@1 over the sets of the UCR archive. */
  readonly ucr: number | null;
  /** Mean mAP over the packs for identification. */
  readonly identification: number | null;
}

export function meansOf(results: readonly PackResult[]): Means {
  const mean = (group: Group, value: (metrics: Metrics) => number) => {
    const members = results.filter((result) => result.group === group);
    return members.length === 0 ? null : members.reduce((sum, { metrics }) => sum + value(metrics), 0) / members.length;
  };
  return {
    ucr: mean('ucr', ({ recallAt1 }) => recallAt1),
    identification: mean('identification', ({ meanAveragePrecision }) => meanAveragePrecision),
  };
}

/** What `kindred evaluate --json` prints. */
export interface Report {
  readonly packs: Readonly<
    Record<
      string,
      { readonly 'recall@1': number; readonly map: number; readonly eer: number; readonly queries: number }
    >
  >;
  readonly mean: Means;
}

export function reportOf(results: readonly PackResult[]): Report {
  const entries = results.map(({ name, metrics }) => [
    name,
    {
      'recall@1': metrics.recallAt1,
      map: metrics.meanAveragePrecision,
      eer: metrics.equalErrorRate,
      queries: metrics.queries,
    },
  ]);
  return { packs: Object.fromEntries(entries) as Report['packs'], mean: meansOf(results) };
}

/** The results as lines of text for a terminal. */
export function tableOf(results: readonly PackResult[]): string {
  const share = (value: number) => value.toFixed(3);
  const all = results.map(({ metrics }) => metrics);
  const names = ['pack', ...results.map(({ name }) => printable(name))];
  const figures = [
    ['recall@1', ...all.map(({ recallAt1 }) => share(recallAt1))],
    ['mAP', ...all.map(({ meanAveragePrecision }) => share(meanAveragePrecision))],
    ['EER', ...all.map(({ equalErrorRate }) => share(equalErrorRate))],
    ['queries', ...all.map(({ queries }) => String(queries))],
  ];
  const lines = [...linesOf(names, figures)];
  const { ucr, identification } = meansOf(results);
  if (ucr !== null) lines.push(`Mean recall@1 over UCR sets: ${share(ucr)}`);
  if (identification !== null) lines.push(`Mean mAP over the other packs: ${share(identification)}`);
  return `${lines.join('\n')}\n`;
}

/** Columns of a table, the first one to the left. */
function linesOf(names: readonly string[], figures: readonly (readonly string[])[]): readonly string[] {
  const widthOf = (column: readonly string[]) => largest(column.map(({ length }) => length));
  const left = names.map((name) => name.padEnd(widthOf(names)));
  const right = figures.map((column) => column.map((cell) => cell.padStart(widthOf(column))));
  return left.map((name, row) => [name, ...right.map((column) => column[row])].join('  '));
}

/** How well windows are found, as lines of text for a terminal. */
export function windowsTableOf(results: readonly WindowsResult[]): string {
  const mean = (of: (result: WindowsResult) => number) =>
    results.reduce((sum, one) => sum + of(one), 0) / results.length;
  const column = (name: string, of: (result: WindowsResult) => number) => {
    return [name, ...results.map((result) => of(result).toFixed(3)), mean(of).toFixed(3)];
  };
  const lines = linesOf(
    ['pack', ...results.map(({ name }) => printable(name)), 'mean'],
    [
      column('precision@1', ({ kindred }) => kindred.at1),
      column('alone', ({ alone }) => alone.at1),
      column('MASS', ({ mass }) => mass.at1),
      column('precision@5', ({ kindred }) => kindred.at5),
      column('alone', ({ alone }) => alone.at5),
      column('MASS', ({ mass }) => mass.at5),
      column('1-NN whole', ({ whole }) => whole),
      ['queries', ...results.map(({ queries }) => String(queries)), ''],
    ],
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Names are those of files: control characters could change what the terminal shows. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}
