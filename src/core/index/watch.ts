import { watch, type ChokidarOptions, type FSWatcher } from 'chokidar';

/** What happened to the files of the workspace since the last time. */
export interface Changes {
  /** Files that are new or changed. */
  readonly changed: ReadonlySet<string>;
  /** Files and folders that are gone. */
  readonly removed: ReadonlySet<string>;
}

/**
 * Watches folders for changes.
 *
 * @param leftOut whether a path is not to be watched, nor anything below it
 * @param onReady called when every change from now on will be seen, also in a folder that is new: files that came into it
 *   after the watcher had looked, and before it watched, would be missed
 * @param begin begins to watch
 * @returns a function that ends the watching
 */
export function watchFolders(
  folders: readonly string[],
  leftOut: (path: string) => boolean,
  onChanges: (changes: Changes) => void,
  onReady: () => void,
  onError: (error: unknown) => void,
  begin: (folders: string[], options: ChokidarOptions) => FSWatcher = watch,
): () => Promise<void> {
  let hasNewFolders = false;
  const pending = new Coalescer((changes) => {
    onChanges(changes);
    if (hasNewFolders) onReady();
    hasNewFolders = false;
  });
  const watcher = begin([...folders], { ignoreInitial: true, followSymlinks: false, ignored: leftOut });
  watcher
    .on('add', (path) => {
      pending.change(path);
    })
    .on('change', (path) => {
      pending.change(path);
    })
    .on('unlink', (path) => {
      pending.remove(path);
    })
    .on('addDir', () => {
      hasNewFolders = true;
      pending.stir();
    })
    .on('unlinkDir', (path) => {
      pending.remove(path);
    })
    .on('ready', onReady)
    .on('error', onError);
  return async () => {
    pending.close();
    await watcher.close();
  };
}

/** Changes are handed on when it has been quiet for so long, */
const quietMilliseconds = 250;
/** but at the latest after this. */
const patienceMilliseconds = 1500;

/** Gathers changes, so that a hundred of them become one piece of work. The last thing that happened to a path counts. */
export class Coalescer {
  private changed = new Set<string>();
  private removed = new Set<string>();
  private quiet: NodeJS.Timeout | undefined;
  private patience: NodeJS.Timeout | undefined;

  constructor(private readonly onChanges: (changes: Changes) => void) {}

  change(path: string): void {
    this.removed.delete(path);
    this.changed.add(path);
    this.stir();
  }

  remove(path: string): void {
    this.changed.delete(path);
    this.removed.add(path);
    this.stir();
  }

  close(): void {
    clearTimeout(this.quiet);
    clearTimeout(this.patience);
    this.quiet = this.patience = undefined;
  }

  /** Something has happened: what there is waits until it is quiet. */
  stir(): void {
    clearTimeout(this.quiet);
    const handOn = () => {
      this.handOn();
    };
    this.quiet = setTimeout(handOn, quietMilliseconds);
    this.patience ??= setTimeout(handOn, patienceMilliseconds);
  }

  private handOn(): void {
    this.close();
    const changes = { changed: this.changed, removed: this.removed };
    this.changed = new Set();
    this.removed = new Set();
    this.onChanges(changes);
  }
}
