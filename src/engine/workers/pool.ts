import { Worker } from 'node:worker_threads';
import { forbidTelemetry } from '../../core/encoder/onnx/runtime';
import { WorkerDiedError } from '../../core/index/fileWorker';
import { UnreadableError } from '../../core/recordings/reader';
import { RequestError } from '../requestError';
import type { FromWorker, PortableError, TaskName, Tasks, ToWorker, WorkerSettings } from './tasks';

interface Job {
  readonly id: number;
  readonly task: TaskName;
  readonly args: unknown;
  /** The file that it is about, if it is about one. */
  readonly path: string | null;
  readonly signal: AbortSignal;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Pair {
  readonly job: Job;
  readonly worker: PooledWorker;
}

/** Worker threads that take jobs from one queue, one at a time each. They are started when first needed. */
export class WorkerPool {
  private readonly queue: Job[] = [];
  private readonly idle: PooledWorker[] = [];
  private readonly all = new Set<PooledWorker>();
  private nextId = 0;
  private closed = false;

  constructor(
    private readonly script: string,
    private readonly settings: WorkerSettings,
    private readonly size: number,
  ) {
    forbidTelemetry();
  }

  /**
   * Runs a task on a worker thread, one that has read the file before if it is free: it may still have it. An aborted
   * signal rejects at once and tells the worker to stop.
   * @throws UnreadableError, WorkerDiedError, RequestError `closing` once the pool is closed, or any other error of the
   *   task by its message
   * @param path the file that the task is about
   */
  run<Name extends TaskName>(
    task: Name,
    args: Parameters<Tasks[Name]>[0],
    signal: AbortSignal,
    path: string | null = null,
  ): Promise<ReturnType<Tasks[Name]>> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (this.closed) throw stopping();
      this.queue.push({ id: this.nextId++, task, args, path, signal, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.queue.splice(0)) job.reject(stopping());
    await Promise.all([...this.all].map((worker) => worker.close()));
  }

  private next(): void {
    while (!this.closed && this.queue.length > 0) {
      const pair = this.familiar() ?? this.unfamiliar();
      if (pair === undefined) return;
      const { job, worker } = pair;
      this.queue.splice(this.queue.indexOf(job), 1);
      const at = this.idle.indexOf(worker);
      if (job.signal.aborted) {
        job.reject(job.signal.reason);
        if (at < 0) this.idle.push(worker);
      } else {
        if (at >= 0) this.idle.splice(at, 1);
        worker.take(job);
      }
    }
  }

  /** A job for a free thread that has read its file. */
  private familiar(): Pair | undefined {
    for (const job of this.queue) {
      const worker = this.idle.find((each) => each.hasRead(job.path));
      if (worker !== undefined) return { job, worker };
    }
    return undefined;
  }

  /** A job about a file that no thread has read, or the first one, with a free thread or a new one. */
  private unfamiliar(): Pair | undefined {
    const all = [...this.all];
    const job = this.queue.find(({ path }) => all.every((each) => !each.hasRead(path))) ?? this.queue[0];
    const worker = this.idle.at(-1) ?? (this.all.size < this.size ? this.start() : undefined);
    return job === undefined || worker === undefined ? undefined : { job, worker };
  }

  private start(): PooledWorker {
    const worker = new PooledWorker(new Worker(this.script, { workerData: this.settings }), (alive) => {
      if (alive) this.idle.push(worker);
      else this.forget(worker);
      this.next();
    });
    this.all.add(worker);
    return worker;
  }

  /** A thread may also die while it has nothing to do. */
  private forget(worker: PooledWorker): void {
    this.all.delete(worker);
    const at = this.idle.indexOf(worker);
    if (at >= 0) this.idle.splice(at, 1);
  }
}

/** How long a thread may take to end by itself: a network drive that hangs must not keep the engine. */
const closingMilliseconds = 3000;

/** A thread keeps no more files than this. */
const mostRead = 1024;

class PooledWorker {
  private readonly read = new Set<string>();
  private readonly ended: Promise<unknown>;
  private job: Job | undefined;
  private readonly onAbort = () => {
    if (this.job === undefined) return;
    this.post({ type: 'cancel', id: this.job.id });
    this.job.reject(this.job.signal.reason);
  };
  private lastError: unknown;

  /** @param onFree called when a job is done (`true`) or the thread has ended (`false`) */
  constructor(
    private readonly worker: Worker,
    private readonly onFree: (alive: boolean) => void,
  ) {
    worker.on('message', (answer: FromWorker) => {
      this.settle(answer);
    });
    worker.on('error', (error) => {
      this.lastError = error;
    });
    this.ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.on('exit', () => {
      this.release()?.reject(new WorkerDiedError('a worker thread died', { cause: this.lastError }));
      this.onFree(false);
    });
  }

  /** Whether a file is among the last that this thread has read. */
  hasRead(path: string | null): boolean {
    return path !== null && this.read.has(path);
  }

  take(job: Job): void {
    this.job = job;
    if (job.path !== null) this.remember(job.path);
    job.signal.addEventListener('abort', this.onAbort);
    this.post({ type: 'run', id: job.id, task: job.task, args: job.args });
  }

  /** Ends the thread: kindly, and by force if it does not answer. */
  async close(): Promise<void> {
    const { job } = this;
    if (job !== undefined) {
      this.release();
      job.reject(stopping());
    }
    this.post({ type: 'close' });
    const patience = setTimeout(() => {
      this.worker.terminate().catch((error: unknown) => {
        this.lastError = error;
      });
    }, closingMilliseconds);
    await this.ended;
    clearTimeout(patience);
  }

  private remember(path: string): void {
    this.read.delete(path);
    this.read.add(path);
    const [oldest] = this.read;
    if (this.read.size > mostRead && oldest !== undefined) this.read.delete(oldest);
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private settle(answer: FromWorker): void {
    const job = this.release();
    if (job === undefined) return;
    if (answer.type === 'done') job.resolve(answer.result as never);
    else job.reject(revived(answer.error));
    this.onFree(true);
  }

  private release(): Job | undefined {
    const { job } = this;
    this.job = undefined;
    job?.signal.removeEventListener('abort', this.onAbort);
    return job;
  }
}

function stopping(): RequestError {
  return new RequestError('The engine is stopping. Try again.', { kind: 'closing' });
}

function revived({ name, message, stack, code, path }: PortableError): Error {
  const cause = code === null ? undefined : { cause: Object.assign(new Error(message), { code }) };
  if (name === 'UnreadableError') return new UnreadableError(message, { ...cause, path });
  return Object.assign(new Error(message, cause), { name, stack });
}
