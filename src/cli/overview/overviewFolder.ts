import { resolve } from 'node:path';
import { writeWhole } from '../../core/files/writeWhole';
import { layoutKey } from '../../core/recordings/layout';
import type { Engine } from '../../engine/engine';
import { RequestError } from '../../engine/requestError';
import { withIndex } from '../openIndex';
import { markdownOf } from './markdown';
import { reportOn, type LayoutAsked, type LayoutReport } from './report';

/** The checks whose findings can make the command fail. */
export const failing = ['duplicates', 'outliers', 'labels'] as const;
export type Failing = (typeof failing)[number];

export interface OverviewOptions {
  readonly out?: string;
  readonly json: boolean;
  /** The names of channels with commas between them, or their number; `all` for all recordings together. */
  readonly layout?: string;
  readonly failOn: readonly Failing[];
  readonly threads: number;
}

/**
 * `kindred overview`: indexes the folder, and reports copies, outliers, doubtful labels and groups.
 * @throws RequestError when there are findings of a check that may have none
 */
export async function overviewFolder(folder: string, options: OverviewOptions, signal: AbortSignal): Promise<void> {
  const path = resolve(folder);
  const layouts = await withIndex(path, options.threads, signal, async (engine) => {
    const reports: LayoutReport[] = [];
    for (const asked of await layoutsOf(engine, options.layout)) reports.push(await reportOn(engine, asked, signal));
    return reports;
  });
  const json = options.json || options.out?.toLowerCase().endsWith('.json') === true;
  const text = json ? `${JSON.stringify({ folder: path, layouts }, null, 2)}\n` : markdownOf(path, layouts);
  if (options.out === undefined) process.stdout.write(text);
  else await writeWhole(resolve(options.out), text);
  const found = options.failOn.flatMap((check) => {
    const total = layouts.reduce((sum, layout) => sum + layout[check].total, 0);
    return total === 0 ? [] : [`${check} ${total}`];
  });
  if (found.length > 0) throw new RequestError(`There are findings: ${found.join(', ')}.`);
}

async function layoutsOf(engine: Engine, asked: string | undefined): Promise<readonly LayoutAsked[]> {
  const all = (await engine.ask('layouts', {})).map(({ channels, sequences }) => ({
    key: layoutKey(channels),
    channels,
    sequences,
  }));
  if (asked === undefined) return all;
  if (asked === 'all') {
    return [{ key: null, channels: null, sequences: all.reduce((sum, { sequences }) => sum + sequences, 0) }];
  }
  const key = /^\d+$/.test(asked) ? asked : layoutKey(asked.split(','));
  const found = all.filter((each) => each.key === key);
  if (found.length === 0) {
    const known = all.map(({ key: each, channels }) => (/^\d+$/.test(each) ? each : channels.join(',')));
    throw new RequestError(`No recording has the channels ${asked}. There are: ${known.join('; ')}.`);
  }
  return found;
}
