import { codeOf } from '../core/files/errorCode';
import { watchFolders, type Changes } from '../core/index/watch';
import type { Places } from './places';

/** What watching tells. */
export interface WatchingParts {
  readonly folders: readonly string[];
  readonly places: Places;
  readonly leftOut: (path: string) => boolean;
  readonly onChanges: (changes: Changes) => void;
  /** Every file is to be looked at. */
  readonly onScan: () => void;
  /** Files are to be compared with what is known of them. @returns when that is done */
  readonly onCompare: () => Promise<void>;
  readonly onError: (text: string, error: unknown) => void;
}

/** What the system says when it watches as much as it may. */
const limits: readonly unknown[] = ['ENOSPC', 'EMFILE', 'ENFILE'];

const millisecondsBetweenLooks = 2000;
const fewestMillisecondsBetweenComparisons = 5000;
/** Comparing takes this share of the time at most. */
const share = 1 / 20;

/**
 * Follows the folders of a workspace: by a watcher, or by comparing now and then where the system watches no more. It
 * begins anew when a folder comes back.
 */
export class Watching {
  private stopWatcher: (() => Promise<void>) | undefined;
  private looking: NodeJS.Timeout | undefined;
  private comparing: NodeJS.Timeout | undefined;
  private limit: string | null = null;
  private ended = false;

  /** @param watch begins to watch folders */
  constructor(
    private readonly parts: WatchingParts,
    private readonly watch = watchFolders,
  ) {}

  get isUnderWay(): boolean {
    return this.stopWatcher !== undefined || this.limit !== null;
  }

  /** A sentence for the user about what is not as it should be, or `null`. */
  get problem(): string | null {
    if (this.limit === null) return null;
    return (
      `The system cannot watch all folders for changes (${this.limit}): they are looked through every few seconds instead. ` +
      'On Linux, a higher fs.inotify.max_user_watches lets changes be seen at once.'
    );
  }

  start(): void {
    this.looking ??= setInterval(() => {
      this.look();
    }, millisecondsBetweenLooks).unref();
    this.startWatcher();
  }

  /** A watcher never looks again at a folder that it has passed over, or that was taken away. */
  async again(): Promise<void> {
    if (this.ended || !this.isUnderWay) return;
    await this.stopWatching();
    this.limit = null;
    this.startWatcher();
  }

  async stop(): Promise<void> {
    this.ended = true;
    clearInterval(this.looking);
    clearTimeout(this.comparing);
    await this.stopWatching();
  }

  private startWatcher(): void {
    if (this.ended) return;
    const { folders, leftOut, onChanges, onScan } = this.parts;
    this.stopWatcher = this.watch(folders, leftOut, onChanges, onScan, (error) => {
      this.failed(error);
    });
  }

  private async stopWatching(): Promise<void> {
    const { stopWatcher } = this;
    this.stopWatcher = undefined;
    await stopWatcher?.();
  }

  private failed(error: unknown): void {
    const code = codeOf(error);
    if (!limits.includes(code)) {
      this.parts.onError(
        'A part of the workspace cannot be watched for changes; rebuild the index after changes',
        error,
      );
      return;
    }
    // Every folder and file that is too many says so.
    if (this.limit !== null || this.stopWatcher === undefined) return;
    this.limit = String(code);
    this.parts.onError('The system cannot watch all folders for changes; they are looked through instead', error);
    this.done(this.stopWatching());
    this.parts.onScan();
    this.compareLater(fewestMillisecondsBetweenComparisons);
  }

  private compareLater(milliseconds: number): void {
    if (this.ended) return;
    clearTimeout(this.comparing);
    this.comparing = setTimeout(() => {
      if (this.limit === null) return;
      const began = performance.now();
      const next = () => {
        this.compareLater(Math.max(fewestMillisecondsBetweenComparisons, (performance.now() - began) / share));
      };
      this.done(this.parts.onCompare().finally(next));
    }, milliseconds).unref();
  }

  private look(): void {
    const { places, onScan } = this.parts;
    const looked = async () => {
      if (!(await places.look()) || this.ended) return;
      if (places.away.length === 0) await this.again();
      onScan();
    };
    this.done(looked());
  }

  private done(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.parts.onError('An error stopped the watching of the workspace', error);
    });
  }
}
