import type { IndexStatus } from '../../protocol/engine';

/** Where Kindred stands in this window; everything that shows it is derived from this alone. */
export type Situation =
  | { readonly kind: 'noFolder' }
  /** The workspace is not trusted: the engine must not run. */
  | { readonly kind: 'restricted' }
  /** Waiting for the first command, because the user does not want indexing to start by itself. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'open'; readonly status: IndexStatus };

/** Whether files are being found or embedded, so that pausing makes sense. */
export function isIndexing(situation: Situation): boolean {
  if (situation.kind !== 'open') return false;
  return ['starting', 'scanning', 'indexing'].includes(situation.status.state);
}

export function isPaused(situation: Situation): boolean {
  return situation.kind === 'open' && situation.status.state === 'paused';
}
