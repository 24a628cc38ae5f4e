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
   * The longest time in milliseconds between two looks since the last call, at first since the start, less the time that
   * lies between them anyway: how long the loop was blocked at most, by whichever extension, give or take the resolution.
   */
  takeLongestBlock(): number {
    const longest = Math.max(0, this.#histogram.max / 1e6 - resolution);
    this.#histogram.reset();
    return longest;
  }

  dispose(): void {
    this.#histogram.disable();
  }
}
