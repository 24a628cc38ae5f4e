import { basename, resolve } from 'node:path';
import { inspectAnswer, inspected, type Inspected, type InspectedSequence } from '../api/inspect';
import { printable, printJson } from './printing';

export interface InspectOptions {
  readonly json: boolean;
  /** One line of JSON for each file, as it is read. */
  readonly lines: boolean;
}

/** `kindred inspect`: prints what is read of files, and what was decided and why, without an index. */
export async function inspectFiles(
  files: readonly string[],
  options: InspectOptions,
  signal: AbortSignal,
): Promise<void> {
  const reports: Inspected[] = [];
  for (const file of files) {
    const report = await inspected(resolve(file), signal);
    if (options.lines) process.stdout.write(`${JSON.stringify(report)}\n`);
    else if (options.json) reports.push(report);
    else process.stdout.write(textOf(file, report));
  }
  if (options.json && !options.lines) printJson(inspectAnswer(reports));
}

function textOf(file: string, report: Inspected): string {
  if ('skipped' in report) return `${printable(basename(file))}: skipped, because ${printable(report.skipped)}\n`;
  const { sequences } = report;
  const shown = sequences.slice(0, 3);
  const lines = [
    `${printable(basename(file))}: ${sequences.length} ${sequences.length === 1 ? 'sequence' : 'sequences'}`,
  ];
  for (const [number, sequence] of shown.entries()) lines.push(...linesOf(sequence, number));
  if (sequences.length > shown.length) lines.push(`  ... and ${sequences.length - shown.length} more`);
  return `${lines.join('\n')}\n`;
}

function linesOf({ name, label, rate, steps, channels, notes, doubts }: InspectedSequence, number: number): string[] {
  const title = [
    `#${number + 1}`,
    ...(name === null ? [] : [name]),
    `${steps} steps`,
    rate === null ? 'rate unknown' : `${rate} Hz`,
    ...(label === null ? [] : [`label ${label}`]),
  ];
  return [
    `  ${title.join(', ')}`,
    ...channels.map((channel, i) => {
      const unit = channel.unit === null ? '' : ` [${channel.unit}]`;
      const values = `${channel.first.map(short).join(' ')} ... ${channel.last.map(short).join(' ')}`;
      return `    ${channel.name ?? `channel ${i + 1}`}${unit}: ${values}`;
    }),
    ...notes.map((note) => `    ${doubts.includes(note) ? 'check' : 'note'}: ${note}`),
  ].map(printable);
}

function short(value: number | null): string {
  return value === null ? 'NaN' : String(Number(value.toPrecision(6)));
}
