import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

/** Milliseconds between two looks at the event loop. */
const resolution = 10;

/** Watches how long the extension host's event loop is kept from coming round. */
export class LoopMonitor {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution });

  start(): void {
    this.#histogram.enable();
  }

  /**
   * The longest time in milliseconds between two looks, less the time that lies between them anyway: how long the
   * loop was blocked at most, by whichever extension, give or take the resolution.
   */
  longestBlock(): number {
    return Math.max(0, this.#histogram.max / 1e6 - resolution);
  }

  dispose(): void {
    this.#histogram.disable();
  }
}
