import type { CommandAnswer } from '../protocol/commands/commands';
import type { AskEngine } from '../protocol/engine';
import { headOf } from './head';

type Answer = CommandAnswer<'labels'>;

/** The labels of the recordings of a folder, over all layouts, the most frequent first. */
export async function labels(ask: AskEngine, folders: readonly string[], signal: AbortSignal): Promise<Answer> {
  const layouts = await ask('layouts', {}, signal);
  const rows = new Map<string, Answer['rows'][number]>();
  for (const { value, within, count } of layouts.flatMap((layout) => layout.labels)) {
    if (value === null) continue;
    const file = within?.file ?? null;
    const key = JSON.stringify([value, within?.path ?? null]);
    rows.set(key, { label: value, within: file, sequences: (rows.get(key)?.sequences ?? 0) + count });
  }
  const all = [...rows.values()].sort((a, b) => b.sequences - a.sequences || (a.label < b.label ? -1 : 1));
  return {
    ...headOf('labels'),
    folders,
    sequences: layouts.reduce((sum, { sequences }) => sum + sequences, 0),
    labelled: all.reduce((sum, { sequences }) => sum + sequences, 0),
    rows: all,
  };
}
