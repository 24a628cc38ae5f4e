import { resolve } from 'node:path';
import { overview } from '../api/overview';
import { writeWhole } from '../core/files/writeWhole';
import { RequestError } from '../engine/requestError';
import { withIndex, type IndexOptions } from './openIndex';
import { markdownOf } from './overviewMarkdown';
import { jsonText } from './printing';

/** The checks whose findings can make the command fail. */
export const failing = ['duplicates', 'outliers', 'labels'] as const;
export type Failing = (typeof failing)[number];

export interface OverviewOptions extends IndexOptions {
  readonly out?: string;
  readonly json: boolean;
  /** The names of channels with commas between them, or their number; `all` for all recordings together. */
  readonly layout?: string;
  readonly failOn: readonly Failing[];
}

/**
 * `kindred overview`: indexes folders, and reports copies, outliers, doubtful labels and groups.
 * @throws RequestError when there are findings of a check that may have none
 */
export async function overviewFolder(
  given: readonly string[],
  options: OverviewOptions,
  signal: AbortSignal,
): Promise<void> {
  const folders = given.map((folder) => resolve(folder));
  const { layout } = options;
  const answer = await withIndex(folders, options, signal, (engine) =>
    overview(engine.ask.bind(engine), folders, layout === undefined ? {} : { layout }, signal),
  );
  const json = options.json || options.out?.toLowerCase().endsWith('.json') === true;
  const text = json ? jsonText(answer) : markdownOf(answer);
  if (options.out === undefined) process.stdout.write(text);
  else await writeWhole(resolve(options.out), text);
  const found = options.failOn.flatMap((check) => {
    const total = answer.layouts.reduce((sum, each) => sum + each[check].total, 0);
    return total === 0 ? [] : [`${check} ${total}`];
  });
  if (found.length > 0) throw new RequestError(`There are findings: ${found.join(', ')}.`);
}
