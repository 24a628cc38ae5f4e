import type { WindowsFound } from '../../protocol/engine';
import { shortened } from '../shortened';

/** Counts the recordings that are not searched, by the reason. */
export class Left {
  private readonly counts = new Map<string, number>();

  /** @param reason ends the sentence "not searched, because ..." */
  add(reason: string, recordings: number): void {
    if (recordings > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + recordings);
  }

  /** Most frequent first. */
  reasons(): WindowsFound['left'] {
    const all = Array.from(this.counts, ([reason, recordings]) => ({ recordings, reason: shortened(reason) }));
    return all.sort((a, b) => b.recordings - a.recordings);
  }
}
