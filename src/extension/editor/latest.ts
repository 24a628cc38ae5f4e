/** Work of which only the newest counts: what ran before is told to stop. */
export class Latest {
  #running: AbortController | undefined;

  /**
   * @param work what it does after its signal was aborted must have no effect; an error of it then has none either
   */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) throw error;
    }
  }

  stop(): void {
    this.#running?.abort();
  }
}
