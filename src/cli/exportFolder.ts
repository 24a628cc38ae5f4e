import { resolve } from 'node:path';
import type { ExportContent } from '../protocol/exports';
import { withIndex } from './openIndex';
import { writeTable, type TableOptions } from './writeTable';

export interface ExportOptions extends TableOptions {
  readonly threads: number;
  readonly allLayouts?: boolean;
}

/** `kindred pairs` and `kindred export`: indexes the folder and writes the distances of all pairs, or the embeddings. */
export async function exportFolder(
  what: 'pairs' | 'export',
  folder: string,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<void> {
  const content: ExportContent =
    what === 'pairs'
      ? { kind: 'pairs', scope: options.allLayouts === true ? 'all' : 'layout', layoutOf: null, weights: null }
      : { kind: 'embeddings', layoutOf: null };
  await withIndex(resolve(folder), options.threads, signal, (engine) => writeTable(engine, content, options, signal));
}
