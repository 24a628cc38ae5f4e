export interface RestartLimits {
  /** Deaths within `window` milliseconds after which the engine is left dead: the one after this many. */
  readonly deaths: number;
  readonly window: number;
  /** Milliseconds before the first restart; each further death within the window doubles them. */
  readonly firstDelay: number;
}

export const usualLimits: RestartLimits = { deaths: 4, window: 180_000, firstDelay: 250 };

export type AfterDeath = { readonly restart: true; readonly delay: number } | { readonly restart: false };

/** Decides whether an engine that died is started again, and how long to wait before. */
export class RestartPolicy {
  readonly #limits: RestartLimits;
  #deaths: number[] = [];

  constructor(limits: RestartLimits = usualLimits) {
    this.#limits = limits;
  }

  /** Notes a death at `now` (milliseconds on any clock that does not go back). */
  afterDeath(now: number): AfterDeath {
    this.#deaths = [...this.#deaths.filter((at) => now - at < this.#limits.window), now];
    const count = this.#deaths.length;
    if (count > this.#limits.deaths) return { restart: false };
    return { restart: true, delay: this.#limits.firstDelay * 2 ** (count - 1) };
  }

  /** Forgets all deaths, because the user asked for a fresh start. */
  reset(): void {
    this.#deaths = [];
  }
}
