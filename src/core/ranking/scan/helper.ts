import { availableParallelism } from 'node:os';
import { MessageChannel, Worker } from 'node:worker_threads';
import { bundlePath } from '../../files/bundles';
import { control, gates, kernelNames, waitWhile } from './control';
import type { Kernel } from './kernels';
import type { HelperData } from './thread';

/** Fewer bytes of group sums are read before another thread is awake. */
const fewestBytes = 2 ** 21;

/** What two threads can do together. */
export interface SharedJob {
  /** In which everything lies that the job reads and writes. */
  readonly memory: WebAssembly.Memory;
  /** The bytes that a thread reads at least. */
  readonly bytes: number;
  start(): void;
  /** Takes one chunk after the other, until none is left. */
  run(kernel: Kernel): void;
}

/**
 * A thread that shares scans of large galleries: both take one chunk after the other until none is left. It is started for
 * the first such scan, sleeps in between, and does not keep the process alive.
 */
export class ScanHelper {
  private readonly shared = new Int32Array(new SharedArrayBuffer(4 * control.length));
  private readonly sent: WebAssembly.Memory[] = [];
  private readonly channel = new MessageChannel();
  private worker: Worker | null = null;
  private closed: boolean;
  private shares = 0;

  /** @param fewest bytes of group sums that are worth a thread */
  constructor(private readonly fewest = availableParallelism() > 1 ? fewestBytes : Infinity) {
    this.closed = fewest === Infinity;
  }

  /** How many jobs the thread has taken part in. */
  get jobsShared(): number {
    return this.shares;
  }

  /** Runs a kernel over all chunks of a job. What it computes is the same with and without the thread. */
  run(kernel: Kernel, job: SharedJob): void {
    job.start();
    if (this.closed || job.bytes < this.fewest) {
      job.run(kernel);
      return;
    }
    this.worker ??= this.start();
    this.shared[control.kernel] = kernelNames.indexOf(kernel);
    this.shared[control.memory] = this.numberOf(job.memory);
    Atomics.store(this.shared, control.gate, gates.open);
    Atomics.notify(this.shared, control.gate);
    job.run(kernel);
    // No chunk is left to take. The thread either did not come in time, or finishes its last one.
    const gate = Atomics.compareExchange(this.shared, control.gate, gates.open, gates.closed);
    if (gate === gates.inside) waitWhile(this.shared, gates.inside);
    if (gate !== gates.open) this.shares++;
  }

  /** Ends the thread. Later scans run without it. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    this.worker = null;
    this.channel.port1.close();
    await worker?.terminate();
  }

  private start(): Worker {
    const { port1, port2 } = this.channel;
    const data: HelperData = { shared: this.shared, memories: port2 };
    const worker = new Worker(bundlePath('scan.cjs'), { workerData: data, transferList: [port2] });
    worker.unref();
    port1.unref();
    // A thread that cannot be started is not missed: it never takes a job.
    worker.on('error', () => {
      this.closed = true;
    });
    return worker;
  }

  private numberOf(memory: WebAssembly.Memory): number {
    const number = this.sent.indexOf(memory);
    if (number >= 0) return number;
    this.channel.port1.postMessage(memory);
    return this.sent.push(memory) - 1;
  }
}
