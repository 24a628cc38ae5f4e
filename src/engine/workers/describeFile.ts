import type { ReadOptions } from '../../core/recordings/reader';
import { describeReading } from '../../core/recordings/reading/describe';
import type { DescribedFile } from './tasks';

/** How a file is read, with the names of all channels that there are to choose from. @throws UnreadableError */
export async function describeFile(path: string, options: ReadOptions): Promise<DescribedFile> {
  const description = await describeReading(path, options);
  const { channels, names, units, ...others } = options.decisions ?? {};
  const isPlain = channels === undefined && names === undefined && units === undefined;
  const all = isPlain ? description : await describeReading(path, { ...options, decisions: others });
  return { ...description, channels: (all.sequences[0]?.channels ?? []).map(({ name }) => name) };
}
