import { resolve } from 'node:path';
import { windows } from '../api/windows';
import { commandEntries, type CommandAnswer } from '../protocol/commands/commands';
import { withIndex, type IndexOptions } from './openIndex';
import { paramsOf } from './paramsOf';
import { nameOf, printable, printJson, tableOf } from './printing';
import { usualFolder } from './searchFile';

export interface WindowOptions extends IndexOptions {
  readonly in?: readonly string[];
  readonly sequence: number;
  readonly from: number;
  readonly to?: number;
  readonly which: 'best' | 'all';
  readonly files?: readonly string[];
  readonly own: boolean;
  readonly range: boolean;
  readonly top: number;
  readonly json: boolean;
}

/** `kindred windows`: indexes folders and prints the windows that are most like a part of a recording. */
export async function searchWindows(file: string, options: WindowOptions, signal: AbortSignal): Promise<void> {
  const path = resolve(file);
  const { sequence, from, to, which, files, own, range, top, json } = options;
  const params = paramsOf(commandEntries.windows.params, {
    ...{ file: path, sequence, from, which, own, range, top },
    ...(to === undefined ? {} : { to }),
    ...(files === undefined ? {} : { files: files.map((each) => resolve(each)) }),
  });
  await withIndex(options.in ?? [usualFolder(path)], options, signal, async (engine) => {
    const answer = await windows(engine.ask.bind(engine), params, signal);
    if (json) printJson(answer);
    else process.stdout.write(textOf(answer));
  });
}

function textOf({ query, start, end, rows, searched, left, notes }: CommandAnswer<'windows'>): string {
  const place = `${timeOf(start, query)} to ${timeOf(end, query)}`;
  const head = `Nearest to ${place} of ${nameOf(query)}, of ${searched.windows} windows of ${searched.recordings} recordings:`;
  const table = tableOf(
    ['rank', 'distance', 'from', 'to', 'label', 'recording'],
    rows.map((row) => [
      String(row.rank),
      row.distance.toPrecision(4),
      timeOf(row.start, row),
      timeOf(row.end, row),
      printable(row.label ?? ''),
      nameOf(row),
    ]),
    4,
  );
  const told = left.map(({ recordings, reason }) => `  ${recordings} not searched, because ${printable(reason)}.`);
  return `${[head, ...table, ...notes.map((note) => `  ${printable(note)}`), ...told].join('\n')}\n`;
}

function timeOf(step: number, { rate }: { readonly rate: number | null }): string {
  return rate === null ? String(step) : `${Number((step / rate).toPrecision(6))} s`;
}
