/** Runs `task` at once, but never twice within `interval` milliseconds: calls in between end in one run after it. */
export class Throttle {
  readonly #interval: number;
  readonly #task: () => void;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  constructor(interval: number, task: () => void) {
    this.#interval = interval;
    this.#task = task;
  }

  call(): void {
    if (this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.call();
    }, this.#interval);
    this.#task();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }
}
