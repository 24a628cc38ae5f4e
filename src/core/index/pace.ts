/** Work was cut short because it is paused. */
export class PausedError extends Error {
  override readonly name = 'PausedError';
}

/** Lets work pause: `passed` waits while the gate is closed. */
export class Gate {
  private opening: Promise<void> | null = null;
  private release: () => void = () => undefined;

  get isOpen(): boolean {
    return this.opening === null;
  }

  close(): void {
    this.opening ??= new Promise((resolve) => (this.release = resolve));
  }

  open(): void {
    this.release();
    this.opening = null;
  }

  /** @throws PausedError while it is closed */
  check(): void {
    if (!this.isOpen) throw new PausedError('the work is paused');
  }

  async passed(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.opening === null) return;
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
    await Promise.race([this.opening, aborted]);
    signal.throwIfAborted();
  }
}

/**
 * Runs `work` on every item, at most `width` at a time, in order of start. After an error no other is begun; rejects with the
 * first one once nothing is under way any more.
 */
export async function forEachConcurrently<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async () => {
    for (let next = rest.next(); next.done !== true && failures.length === 0; next = rest.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (failures.length > 0) throw failures[0];
}

/** Splits sorted items into at most `size` of them, evenly spaced, and the others. */
export function evenlySpaced<T>(items: readonly T[], size: number): readonly [readonly T[], readonly T[]] {
  if (items.length <= size) return [items, []];
  const chosen = new Set(Array.from({ length: size }, (_, i) => Math.floor((i * items.length) / size)));
  return [items.filter((_, i) => chosen.has(i)), items.filter((_, i) => !chosen.has(i))];
}
