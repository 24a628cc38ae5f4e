import type { SequenceRef } from '../../src/protocol/engine';
import type { FromWebview } from '../../src/protocol/panel';
import { freshnessOf, type State } from './state';

/** Milliseconds between two lists of an index that grows. */
const interval = 1000;

export interface RenewalParts {
  readonly post: (message: FromWebview) => void;
  /** The match that is to stay where it is, or `null` at the start of the list. */
  readonly anchor: () => SequenceRef | null;
  /** Whether the list must stay as it is for now, as somebody is about to do something with it. */
  readonly isHeld: () => boolean;
}

/** Has the list made again: by itself while it grows, else when the user asks for it. */
export class Renewal {
  private timer: number | null = null;
  private isGrowing = false;

  constructor(private readonly parts: RenewalParts) {}

  /** The state has changed. */
  update(state: State): void {
    const { kind, changes } = freshnessOf(state);
    // What has failed would fail again.
    const mayAsk = state.phase.kind === 'results' && state.complaint === null;
    this.isGrowing = kind === 'partial' && changes > 0 && mayAsk;
    if (this.isGrowing && this.timer === null) this.askSoon();
  }

  private askSoon(): void {
    this.timer = window.setTimeout(() => {
      this.timer = null;
      if (!this.isGrowing) return;
      if (this.parts.isHeld()) this.askSoon();
      else this.now();
    }, interval);
  }

  now(): void {
    this.parts.post({ type: 'renew', keep: this.parts.anchor() });
  }
}
