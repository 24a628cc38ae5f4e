import { stat } from 'node:fs/promises';
import type { ReadOptions } from '../sequences/reader';
import { readFile, type FileContent } from '../sequences/readFile';
import { asUnreadable } from '../sequences/source';

const maximumSamples = 2 ** 22;

interface Entry {
  readonly stamp: string;
  readonly content: FileContent;
  readonly samples: number;
}

/**
 * Reads files, and keeps the last few: a file is surveyed, embedded and then plotted, and an archive is plotted once
 * per sequence. Together they hold at most 4 million samples (16 MB).
 */
export class RecentFiles {
  private readonly entries = new Map<string, Entry>();

  /** As `readFile`; the arrays are shared, so they must not be changed. */
  async read(path: string, options: ReadOptions, minimumSteps: number): Promise<FileContent | null> {
    const known = this.entries.get(path);
    this.entries.delete(path);
    if (known !== undefined && known.stamp === (await stampOf(path, known.content, options))) {
      this.entries.set(path, known);
      return known.content;
    }
    const before = await statOf(path);
    const content = await readFile(path, options, minimumSteps);
    if (content === null) return null;
    const stamp = await stampOf(path, content, options);
    // A file that changed while it was read is read again the next time.
    if (stamp.startsWith(`${before} `)) this.keep(path, { stamp, content, samples: samplesIn(content) });
    return content;
  }

  private keep(path: string, entry: Entry): void {
    if (entry.samples > maximumSamples) return;
    this.entries.set(path, entry);
    let total = 0;
    for (const { samples } of this.entries.values()) total += samples;
    for (const [oldest, { samples }] of this.entries) {
      if (total <= maximumSamples) return;
      this.entries.delete(oldest);
      total -= samples;
    }
  }
}

/** What must be the same for a file, with its companions, to hold and mean the same. */
async function stampOf(path: string, { companions }: FileContent, options: ReadOptions): Promise<string> {
  const { arrayAxes, maximumBytes, maximumSamples } = options;
  const stats = await Promise.all([path, ...companions].map(statOf));
  return [...stats, arrayAxes, maximumBytes, maximumSamples].join(' ');
}

async function statOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size}/${mtimeMs}`;
  } catch (error) {
    throw asUnreadable(error);
  }
}

function samplesIn({ sequences }: FileContent): number {
  let samples = 0;
  for (const sequence of sequences) for (const { values } of sequence?.channels ?? []) samples += values.length;
  return samples;
}
