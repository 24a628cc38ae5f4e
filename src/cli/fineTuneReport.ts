import { noteText, summaryText } from '../l10n/tuning';
import type { ComparedFigure, TuningReport } from '../protocol/finetune';
import type { PackResult } from '../core/training/evaluation/summary';

/** What fine-tuning on a part of a pack brings on the rest of it. */
export interface Measured {
  readonly before: PackResult;
  readonly after: PackResult;
  readonly seconds: number;
}

/** A report as lines of text for a terminal. */
export function reportText(report: TuningReport): string {
  const line = (name: string, { before, after, gain }: ComparedFigure) =>
    `${name.padEnd(10)}${[before, after, gain]
      .map(({ value, low, high }) => `${fixed(value)} (${fixed(low)} to ${fixed(high)})`.padStart(26))
      .join('')}`;
  return [
    summaryText(report),
    `${''.padEnd(10)}${['before', 'after', 'gain'].map((title) => title.padStart(26)).join('')}`,
    line('recall@1', report.recallAt1),
    line('mAP', report.meanAveragePrecision),
    line('EER', report.equalErrorRate),
    ...report.notes.map(noteText),
  ].join('\n');
}

export function measurementOf(measured: readonly Measured[]): unknown {
  return {
    packs: Object.fromEntries(
      measured.map(({ before, after, seconds }) => [
        before.name,
        { group: before.group, before: before.metrics, after: after.metrics, seconds: Math.round(seconds) },
      ]),
    ),
    gain: gainsOf(measured),
  };
}

/** Mean recall@1 after, and mean gains, over the sets of the UCR archive and over the other packs. */
function gainsOf(measured: readonly Measured[]) {
  const of = (isUcr: boolean) => {
    const members = measured.filter(({ before }) => (before.group === 'ucr') === isUcr);
    if (members.length === 0) return null;
    const mean = (value: (member: Measured) => number) =>
      members.reduce((sum, member) => sum + value(member), 0) / members.length;
    return {
      recallAt1Before: mean(({ before }) => before.metrics.recallAt1),
      recallAt1After: mean(({ after }) => after.metrics.recallAt1),
      recallAt1Gain: mean(({ before, after }) => after.metrics.recallAt1 - before.metrics.recallAt1),
      mapGain: mean(({ before, after }) => after.metrics.meanAveragePrecision - before.metrics.meanAveragePrecision),
      worse: members.filter(({ before, after }) => after.metrics.recallAt1 < before.metrics.recallAt1).length,
    };
  };
  return { ucr: of(true), others: of(false) };
}

export function measurementTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ before, after, seconds }) => {
    const [a, b] = [before.metrics, after.metrics];
    return [
      before.name,
      `${fixed(a.recallAt1)} > ${fixed(b.recallAt1)}`,
      `${fixed(a.meanAveragePrecision)} > ${fixed(b.meanAveragePrecision)}`,
      `${fixed(a.equalErrorRate)} > ${fixed(b.equalErrorRate)}`,
      `${Math.round(seconds)} s`,
    ];
  });
  const header = ['pack', 'recall@1', 'mAP', 'EER', 'time'];
  const widths = header.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, c) => cell.padEnd(widths[c] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  if (measured.length > 1) {
    const { ucr, others } = gainsOf(measured);
    if (ucr !== null)
      lines.push(`UCR: mean recall@1 ${fixed(ucr.recallAt1Before)} > ${fixed(ucr.recallAt1After)}, ${ucr.worse} worse`);
    if (others !== null)
      lines.push(
        `Others: mean gain ${fixed(others.recallAt1Gain)} in recall@1, ${fixed(others.mapGain)} in mAP, ${others.worse} worse`,
      );
  }
  return `${lines.join('\n')}\n`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}
