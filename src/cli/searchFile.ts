import { dirname, relative, resolve, sep } from 'node:path';
import { rankingOf, search } from '../api/search';
import { writeWhole } from '../core/files/writeWhole';
import { commandEntries, type CommandAnswer, type CommandParams } from '../protocol/commands/commands';
import type { ExportFormat } from '../protocol/exports';
import type { NamedRecording } from './commands/options';
import { withIndex, type IndexOptions } from './openIndex';
import { paramsOf } from './paramsOf';
import { jsonText, nameOf, printable, printJson, tableOf } from './printing';
import { writeTable } from './writeTable';

export interface SearchOptions extends IndexOptions {
  readonly in?: readonly string[];
  /** From 1. */
  readonly sequence: number;
  readonly top: number;
  readonly allLayouts: boolean;
  readonly weights?: readonly number[];
  readonly also: readonly NamedRecording[];
  readonly like: readonly NamedRecording[];
  readonly unlike: readonly NamedRecording[];
  readonly rankBy: 'nearest' | 'mean';
  readonly embeddings: boolean;
  readonly json: boolean;
  readonly format?: Exclude<ExportFormat, 'json'>;
  readonly out?: string;
}

/** `kindred search`: indexes folders and prints the nearest recordings as a table, or writes them. */
export async function searchFile(file: string, options: SearchOptions, signal: AbortSignal): Promise<void> {
  const path = resolve(file);
  const { sequence, top, allLayouts, weights, also, like, unlike, rankBy, embeddings } = options;
  const asked = { sequence, top, allLayouts, also, like, unlike, rankBy, embeddings };
  const given = { file: path, ...asked, ...(weights === undefined ? {} : { weights }) };
  const params = paramsOf(commandEntries.search.params, given);
  await withIndex(options.in ?? [usualFolder(path)], options, signal, async (engine) => {
    const { format, out, json } = options;
    const answer = () => search(engine.ask.bind(engine), params, signal);
    if (json && out === undefined) printJson(await answer());
    else if (json && out !== undefined) await writeWhole(resolve(out), jsonText(await answer()));
    else if (format === undefined && out === undefined) process.stdout.write(textOf(await answer()));
    else {
      const table = { format: format ?? 'csv', json, ...(out === undefined ? {} : { out }) };
      await writeTable(engine, contentOf(params), table, signal);
    }
  });
}

/** What is searched unless folders are named: the current one if the file is in it, else the file's own. */
export function usualFolder(path: string): string {
  const inside = !relative(process.cwd(), path).startsWith(`..${sep}`);
  return inside ? process.cwd() : dirname(path);
}

function contentOf(params: CommandParams<'search'>) {
  const { query, set, scope, weights, arrangement } = rankingOf(params);
  const asked = { query, ...(set === undefined ? {} : { set }), scope, weights, arrangement };
  return { kind: 'search', ...asked, ranking: null, limit: params.top } as const;
}

function textOf({ query, rows: matches, candidates, elsewhere, scope }: CommandAnswer<'search'>): string {
  const lines = [
    `Nearest to ${nameOf(query)}${query.label === null ? '' : ` (${printable(query.label)})`}, of ${candidates} recordings:`,
  ];
  if (matches.length === 0) {
    const hint = scope === 'layout' && elsewhere > 0 ? ` --all-layouts ranks ${elsewhere} others.` : '';
    return `No other recording has the channels of ${nameOf(query)}.${hint}\n`;
  }
  const rows = matches.map((match) => [
    String(match.rank),
    match.distance.toPrecision(4),
    printable(match.label ?? ''),
    nameOf(match),
  ]);
  return `${[...lines, ...tableOf(['rank', 'distance', 'label', 'recording'], rows, 2)].join('\n')}\n`;
}
