import { Worker } from 'node:worker_threads';
import { Mutex } from 'async-mutex';
import { bundlePath } from '../../../files/bundles';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { FromThread, Job, ThreadSettings, ToThread } from './messages';

/** A damaged file can lead a library into a loop without an end. One call reads some 64 MiB at most. */
const usualPatience = 30_000;
/** One that has little to do takes a thousandth of this, while nothing else keeps the thread from its work. */
const usualShortPatience = 5000;
/** A process that was stopped for a while, as at night, finds that much time has passed, but not that it looked so often. */
const looks = 4;
/** So long after its last file the thread ends, and its memory is free again. */
const idleMilliseconds = 10_000;

/**
 * The thread of a library: it is started for the first file and ends when it is idle. A file over which the library fails or
 * does not come to an end costs the thread, and nothing else.
 */
export class LibraryThread {
  private readonly mutex = new Mutex();
  private worker: Worker | undefined;
  private readonly beats = new Int32Array(new SharedArrayBuffer(8));
  private idle: NodeJS.Timeout | undefined;

  /**
   * @param bundle the script of the thread
   * @param library the name of the library in messages
   * @param patience milliseconds that one call of the library may take
   * @param shortPatience milliseconds for a call that has little to do
   */
  constructor(
    private readonly bundle: string,
    private readonly library: string,
    private readonly patience = usualPatience,
    private readonly shortPatience = Math.min(usualShortPatience, patience),
  ) {}

  /**
   * Reads a file; files wait for each other.
   * @throws UnreadableError for damage, and for a file without an array that can be read
   */
  read(job: Job, { signal, ...options }: ReadOptions): Promise<readonly Sequence[]> {
    return this.mutex.runExclusive(async () => {
      signal?.throwIfAborted();
      clearTimeout(this.idle);
      const answer = await this.ask({ job, options }, signal);
      this.idle = setTimeout(() => {
        this.end();
      }, idleMilliseconds).unref();
      if (answer.type === 'read') return answer.sequences;
      if (answer.type === 'failed') throw answer.error;
      if (answer.fresh) this.end();
      throw new UnreadableError(answer.reason);
    });
  }

  private async ask(message: ToThread, signal: AbortSignal | undefined): Promise<FromThread> {
    const worker = (this.worker ??= this.start());
    worker.ref();
    const listening = new AbortController();
    try {
      return await new Promise<FromThread>((resolve, reject) => {
        const unreadable = (reason: string) => () => {
          resolve({ type: 'unreadable', reason, fresh: true });
        };
        const onExit = unreadable(`the ${this.library} library failed over it`);
        worker.once('message', resolve).once('exit', onExit);
        const onAbort = () => {
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', onAbort, { signal: listening.signal });
        const onSilence = unreadable(`it is damaged: the ${this.library} library does not come to an end over it`);
        const watching = this.watch(onSilence);
        listening.signal.addEventListener('abort', () => {
          clearInterval(watching);
          worker.off('message', resolve).off('exit', onExit);
        });
        worker.postMessage(message);
      });
    } catch (error) {
      this.end();
      throw error;
    } finally {
      listening.abort();
      worker.unref();
    }
  }

  /** Calls `onSilence` when the thread, once it has begun, makes no call of the library for too long. */
  private watch(onSilence: () => void): NodeJS.Timeout {
    const before = Atomics.load(this.beats, 0);
    let [known, silent] = [before, 0];
    const between = this.shortPatience / looks;
    return setInterval(() => {
      const beats = Atomics.load(this.beats, 0);
      silent = beats === known ? silent + between : 0;
      known = beats;
      const isShort = Atomics.load(this.beats, 1) === 1;
      if (beats !== before && silent >= (isShort ? this.shortPatience : this.patience)) onSilence();
    }, between);
  }

  private start(): Worker {
    const workerData: ThreadSettings = { beats: this.beats.buffer };
    const worker = new Worker(bundlePath(this.bundle), { workerData });
    // Without a listener, an error of the thread would end the process; its exit follows and says enough.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    return worker;
  }

  private end(): void {
    const { worker } = this;
    this.worker = undefined;
    worker?.terminate().then(
      () => undefined,
      (error: unknown) => {
        throw error;
      },
    );
  }
}
