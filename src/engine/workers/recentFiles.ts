import { glanceNow } from '../../core/index/glance';
import type { ReadOptions } from '../../core/recordings/reader';
import { readFile, type FileContent } from '../../core/recordings/readFile';

/** What is kept of files whatever becomes of them, and what is kept of those that a user looks at. */
const usualSamples = 2 ** 22;
const watchedSamples = 2 ** 26;
/** So long after it was looked at last, a big file is forgotten. */
const patienceMilliseconds = 60_000;

interface Entry {
  readonly stamp: string;
  readonly content: FileContent;
  readonly samples: number;
}

/**
 * Reads files, and keeps the last few: a file is surveyed, embedded and then plotted, and an archive is plotted once
 * per sequence. Together they hold at most 4 million samples (16 MB). Files that a user looks at may hold 67 million
 * (256 MB), which every zoom would read again otherwise; they are forgotten a minute after the last look.
 */
export class RecentFiles {
  private readonly entries = new Map<string, Entry>();
  private forgetting: NodeJS.Timeout | undefined;

  /**
   * As `readFile`; the arrays are shared, so they must not be changed.
   *
   * @param watched whether a user looks at the file and will probably ask for it again
   */
  async read(path: string, options: ReadOptions, minimumSteps: number, watched = false): Promise<FileContent | null> {
    if (watched) this.forgetLater();
    const known = this.entries.get(path);
    this.entries.delete(path);
    if (known !== undefined && known.stamp === stampOf(path, known.content, options)) {
      this.entries.set(path, known);
      return known.content;
    }
    const before = statOf(path);
    const content = await readFile(path, options, minimumSteps);
    if (content === null) return null;
    const stamp = stampOf(path, content, options);
    const most = this.forgetting === undefined ? usualSamples : watchedSamples;
    const samples = samplesIn(content);
    // A file that changed while it was read is read again the next time.
    if (stamp.startsWith(`${before} `) && samples <= (watched ? most : usualSamples)) {
      this.entries.set(path, { stamp, content, samples });
      this.trim(most);
    }
    return content;
  }

  private forgetLater(): void {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => {
      this.forgetting = undefined;
      this.trim(usualSamples);
    }, patienceMilliseconds);
    this.forgetting.unref();
  }

  /** Forgets the files that were read longest ago until at most so many samples are kept. */
  private trim(most: number): void {
    let total = 0;
    for (const { samples } of this.entries.values()) total += samples;
    for (const [oldest, { samples }] of this.entries) {
      if (total <= most) return;
      this.entries.delete(oldest);
      total -= samples;
    }
  }
}

/** What must be the same for a file, with its companions, to hold and mean the same. */
function stampOf(path: string, { companions }: FileContent, options: ReadOptions): string {
  const { arrayAxes, maximumBytes, maximumSamples, decisions } = options;
  const stats = [path, ...companions].map(statOf);
  return [...stats, arrayAxes, maximumBytes, maximumSamples, JSON.stringify(decisions ?? {})].join(' ');
}

function statOf(path: string): string {
  return glanceNow(path).state;
}

function samplesIn({ sequences }: FileContent): number {
  let samples = 0;
  for (const sequence of sequences) for (const { values } of sequence?.channels ?? []) samples += values.length;
  return samples;
}
