import type { ExportContent } from '../protocol/exports';
import { withIndex, type IndexOptions } from './openIndex';
import { writeTable, type TableOptions } from './writeTable';

export interface ExportOptions extends TableOptions, IndexOptions {
  readonly allLayouts?: boolean;
}

/** `kindred pairs` and `kindred export`: indexes folders and writes the distances of all pairs, or the embeddings. */
export async function exportFolder(
  what: 'pairs' | 'export',
  folders: readonly string[],
  options: ExportOptions,
  signal: AbortSignal,
): Promise<void> {
  await withIndex(folders, options, signal, (engine) => {
    return writeTable(engine, contentOf(what, options.allLayouts === true), options, signal);
  });
}

/** What the engine writes for a command. */
export function contentOf(what: 'pairs' | 'export', allLayouts: boolean): ExportContent {
  return what === 'pairs'
    ? { kind: 'pairs', scope: allLayouts ? 'all' : 'layout', layoutOf: null, weights: null }
    : { kind: 'embeddings', layoutOf: null };
}
