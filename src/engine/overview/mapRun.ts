import { Worker } from 'node:worker_threads';
import { bundlePath } from '../../core/files/bundles';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { MapPicture, MapTask } from './mapMessages';

/** Every map of the same sequences is the same. */
export const seed = 1;

/** A map that settles on a thread of its own. */
export class MapRun {
  private readonly paused = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private ended = false;
  /** Resolves when the thread has ended, however it did; the error that ended it is told to `onEnd`. */
  private readonly gone: Promise<void>;

  /**
   * @param start where the points are, or `null` for a new map
   * @param round how many rounds were made before
   * @param onPicture called now and then, the last time when it has settled
   * @param onError called when it fails
   */
  constructor(
    { keys, k, ids, distances }: NeighbourGraph,
    from: { readonly start: Float32Array | null; readonly round: number; readonly paused: boolean },
    onPicture: (picture: MapPicture) => void,
    onError: (error: unknown) => void,
  ) {
    const { start, round } = from;
    this.paused[0] = from.paused ? 1 : 0;
    const task: MapTask = { count: keys.length, k, ids, distances, start, round, seed, paused: this.paused };
    const worker = (this.worker = new Worker(bundlePath('map.cjs'), { workerData: task }));
    worker.unref();
    worker.on('message', (picture: MapPicture) => {
      if (!this.ended) onPicture(picture);
    });
    worker.on('error', (error) => {
      if (!this.ended) onError(error);
    });
    this.gone = new Promise((resolve) => {
      worker.once('exit', () => {
        resolve();
      });
    });
  }

  pause(paused: boolean): void {
    Atomics.store(this.paused, 0, paused ? 1 : 0);
    Atomics.notify(this.paused, 0);
  }

  /** Ends the thread: nothing is told of it any more. */
  async end(): Promise<void> {
    this.ended = true;
    await this.worker.terminate();
    await this.gone;
  }
}
