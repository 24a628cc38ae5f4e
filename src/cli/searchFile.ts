import { dirname, relative, resolve, sep } from 'node:path';
import { plainArrangement, type SearchResult } from '../protocol/engine';
import { writeTable, type TableOptions } from './writeTable';
import { withIndex } from './openIndex';
import { nameOf, printable, tableOf } from './printing';
import { isPart, searchWindows, type WindowOptions } from './searchWindows';

export interface SearchOptions extends Partial<TableOptions>, WindowOptions {
  readonly in?: string;
  /** From 1. */
  readonly sequence: number;
  readonly allLayouts: boolean;
  readonly threads: number;
}

/**
 * `kindred search`: indexes the folder and prints the nearest recordings, or windows of
 * them, as a table, or writes them in a format.
 */
export async function searchFile(file: string, options: SearchOptions, signal: AbortSignal): Promise<void> {
  const path = resolve(file);
  const folder = options.in === undefined ? defaultFolder(path) : resolve(options.in);
  await withIndex(folder, options.threads, signal, async (engine) => {
    const query = { path, number: options.sequence - 1 };
    const scope = options.allLayouts ? 'all' : 'layout';
    const { format, out } = options;
    if (isPart(options)) {
      await searchWindows(engine, query, options, signal);
      return;
    }
    if (format !== undefined) {
      const all = { weights: null, arrangement: plainArrangement, ranking: null };
      const content = { kind: 'search', query, scope, ...all, limit: options.top } as const;
      await writeTable(engine, content, { format, ...(out === undefined ? {} : { out }) }, signal);
      return;
    }
    const result = await engine.ask('search', { query, scope, limit: options.top }, signal);
    process.stdout.write(options.json ? `${JSON.stringify(jsonOf(result), null, 2)}\n` : textOf(result));
  });
}

function defaultFolder(path: string): string {
  const inside = !relative(process.cwd(), path).startsWith(`..${sep}`);
  return inside ? process.cwd() : dirname(path);
}

function jsonOf({ query, scope, matches, candidates, elsewhere, milliseconds }: SearchResult): unknown {
  return { query, scope, candidates, elsewhere, milliseconds, matches };
}

function textOf({ query, matches, candidates, elsewhere, scope }: SearchResult): string {
  const lines = [
    `Nearest to ${nameOf(query)}${query.label === null ? '' : ` (${printable(query.label)})`}, of ${candidates} recordings:`,
  ];
  if (matches.length === 0) {
    const hint = scope === 'layout' && elsewhere > 0 ? ` --all-layouts ranks ${elsewhere} others.` : '';
    return `No other recording has the channels of ${nameOf(query)}.${hint}\n`;
  }
  const rows = matches.map(({ rank, distance, sequence }) => [
    String(rank),
    distance.toPrecision(4),
    printable(sequence.label ?? ''),
    nameOf(sequence),
  ]);
  return `${[...lines, ...tableOf(['rank', 'distance', 'label', 'recording'], rows, 2)].join('\n')}\n`;
}
