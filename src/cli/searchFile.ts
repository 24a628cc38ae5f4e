import { dirname, relative, resolve, sep } from 'node:path';
import { plainArrangement, type SearchResult, type SequenceSummary } from '../protocol/engine';
import { writeTable, type TableOptions } from './writeTable';
import { withIndex } from './openIndex';

export interface SearchOptions extends Partial<TableOptions> {
  readonly in?: string;
  /** From 1. */
  readonly sequence: number;
  readonly top: number;
  readonly allLayouts: boolean;
  readonly threads: number;
  readonly json: boolean;
}

/** `kindred search`: indexes the folder and prints the nearest recordings as a table, or writes them in a format. */
export async function searchFile(file: string, options: SearchOptions, signal: AbortSignal): Promise<void> {
  const path = resolve(file);
  const folder = options.in === undefined ? defaultFolder(path) : resolve(options.in);
  await withIndex(folder, options.threads, signal, async (engine) => {
    const query = { path, number: options.sequence - 1 };
    const scope = options.allLayouts ? 'all' : 'layout';
    const { format, out } = options;
    if (format !== undefined) {
      const all = { weights: null, arrangement: plainArrangement, ranking: null };
      const content = { kind: 'search', query, scope, ...all, limit: options.top } as const;
      await writeTable(engine, content, { format, ...(out === undefined ? {} : { out }) }, signal);
      return;
    }
    const result = await engine.ask('search', { query, scope, limit: options.top }, signal);
    process.stdout.write(options.json ? `${JSON.stringify(jsonOf(result), null, 2)}\n` : tableOf(result));
  });
}

function defaultFolder(path: string): string {
  const inside = !relative(process.cwd(), path).startsWith(`..${sep}`);
  return inside ? process.cwd() : dirname(path);
}

function jsonOf({ query, scope, matches, candidates, elsewhere, milliseconds }: SearchResult): unknown {
  return { query, scope, candidates, elsewhere, milliseconds, matches };
}

function tableOf({ query, matches, candidates, elsewhere, scope }: SearchResult): string {
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
  const header = ['rank', 'distance', 'label', 'recording'];
  const widths = header.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    const cells = row.map((cell, c) => {
      const width = widths[c] ?? 0;
      return c < 2 ? cell.padStart(width) : cell.padEnd(width);
    });
    lines.push(`  ${cells.join('  ')}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

function nameOf({ file, siblings, ref, name }: SequenceSummary): string {
  const number = siblings > 1 ? ` #${ref.number + 1}` : '';
  return printable(`${file}${number}${name === null ? '' : ` (${name})`}`);
}

/** Names and labels come from files: control characters could change what the terminal shows. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
