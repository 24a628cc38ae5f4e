import { basename } from 'node:path';
import { defaultReadOptions, UnreadableError } from '../core/recordings/reader';
import { readAsWritten } from '../core/recordings/readFile';
import { stepsOf, type Channel, type Sequence } from '../core/recordings/sequence';

export interface InspectOptions {
  readonly json: boolean;
  readonly lines: boolean;
}

interface SequenceReport {
  readonly name: string | null;
  readonly label: string | null;
  readonly rate: number | null;
  readonly steps: number;
  readonly channels: readonly {
    readonly name: string | null;
    readonly unit: string | null;
    readonly first: readonly number[];
    readonly last: readonly number[];
  }[];
  /** The doubts among them. */
  readonly notes: readonly string[];
  readonly doubts: readonly string[];
}

/** What came of a file: its sequences as they were read, or why it was passed over. */
type Report = { readonly sequences: readonly SequenceReport[] } | { readonly skipped: string };

/** `kindred inspect`: prints what is read of files, and what was decided and why, without an index. */
export async function inspectFiles(
  files: readonly string[],
  options: InspectOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    const report = await reportOn(file, signal);
    if (options.lines) process.stdout.write(`${JSON.stringify(report)}\n`);
    else if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else process.stdout.write(textOf(file, report));
  }
}

/** Every sequence is shown, however short: one that no encoder takes still shows how its file was read. */
const fewestSteps = 1;

async function reportOn(file: string, signal: AbortSignal): Promise<Report> {
  try {
    const content = await readAsWritten(file, { ...defaultReadOptions, signal }, fewestSteps);
    if (content === null) return { skipped: 'no reader knows this kind of file' };
    const sequences = content.sequences.flatMap((sequence) => (sequence === null ? [] : [reportOf(sequence)]));
    const [unusable] = content.unusable;
    if (sequences.length === 0 && unusable !== undefined) return { skipped: unusable.reason };
    return { sequences };
  } catch (error) {
    if (error instanceof UnreadableError) return { skipped: error.message };
    throw error;
  }
}

function reportOf(sequence: Sequence): SequenceReport {
  const { name, label, rate, channels, notes, doubts = [] } = sequence;
  return {
    name,
    label,
    rate,
    steps: stepsOf(sequence),
    channels: channels.map(ends),
    notes: [...notes, ...doubts],
    doubts,
  };
}

function ends({ name, unit, values }: Channel): SequenceReport['channels'][number] {
  return { name, unit, first: Array.from(values.subarray(0, 3)), last: Array.from(values.slice(-3)) };
}

function textOf(file: string, report: Report): string {
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

function linesOf({ name, label, rate, steps, channels, notes, doubts }: SequenceReport, number: number): string[] {
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

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Names and labels come from files: control characters could change what the terminal shows. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
