import { refOf } from '../api/recording';
import type { ExportContent } from '../protocol/exports';
import { withIndex, type IndexOptions } from './openIndex';
import { writeTable, type TableOptions } from './writeTable';

export interface ExportOptions extends TableOptions, IndexOptions {
  readonly allLayouts?: boolean;
  readonly layoutOf?: Named;
}

/** A recording by the absolute path of its file and its number in it, from 1. */
type Named = Parameters<typeof refOf>[0];

/** `kindred pairs` and `kindred export`: indexes folders and writes the distances of all pairs, or the embeddings. */
export async function exportFolder(
  what: 'pairs' | 'export',
  folders: readonly string[],
  options: ExportOptions,
  signal: AbortSignal,
): Promise<void> {
  await withIndex(folders, options, signal, (engine) => {
    return writeTable(engine, contentOf(what, options), options, signal);
  });
}

/** What the engine writes for a command. */
export function contentOf(
  what: 'pairs' | 'export',
  { allLayouts, layoutOf }: Pick<ExportOptions, 'allLayouts' | 'layoutOf'>,
): ExportContent {
  return what === 'pairs'
    ? { kind: 'pairs', scope: allLayouts === true ? 'all' : 'layout', layoutOf: null, weights: null }
    : { kind: 'embeddings', layoutOf: layoutOf === undefined ? null : refOf(layoutOf) };
}
