import type { ReadOptions } from '../../core/recordings/reader';
import { describeReading } from '../../core/recordings/reading/describe';
import type { DescribedFile } from './tasks';

/**
 * How a file is read, with the rate that came of it, and with the names of all channels that there are to choose from where
 * no table shows them.
 * @throws UnreadableError
 */
export async function describeFile(path: string, options: ReadOptions, minimumSteps: number): Promise<DescribedFile> {
  const description = await describeReading(path, options, minimumSteps);
  const { channels, names, units, ...others } = options.decisions ?? {};
  const isPlain = channels === undefined && names === undefined && units === undefined;
  const all =
    isPlain || description.table !== null
      ? description
      : await describeReading(path, { ...options, decisions: others }, minimumSteps);
  const rate = description.sequences[0]?.rate ?? undefined;
  return {
    ...description,
    decided: rate === undefined ? description.decided : { rate, ...description.decided },
    channels: description.table === null ? (all.sequences[0]?.channels ?? []).map(({ name }) => name) : [],
  };
}
