/** What a key does in the list of matches. */
export type ListCommand =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'open' | 'search' | 'compare' | 'toButton' | 'toRow' };

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Where the focus is: the row of number `index` of `count` rows, or the button in it. */
export interface Focus {
  readonly index: number;
  readonly count: number;
  readonly onRow: boolean;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/**
 * The command that a key stands for, or `null` if the list leaves it alone. Going to row `count`, which does not
 * exist, stands for what comes after the list.
 */
export function listCommand(key: Key, focus: Focus): ListCommand | null {
  if (key.altKey || key.ctrlKey || key.metaKey) return null;
  const step = stepOf(key.key, focus);
  if (step !== null && !key.shiftKey) return { kind: 'go', to: step };
  if (!focus.onRow) return key.key === 'ArrowLeft' || key.key === 'Escape' ? { kind: 'toRow' } : null;
  switch (key.key) {
    case 'Enter':
      return { kind: key.shiftKey ? 'search' : 'open' };
    case 'f':
    case 'F':
      return { kind: 'search' };
    case 'c':
    case 'C':
      return { kind: 'compare' };
    case 'ArrowRight':
      return { kind: 'toButton' };
    default:
      return null;
  }
}

function stepOf(key: string, { index, count, page }: Focus): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, index + page);
    case 'PageUp':
      return Math.max(0, index - page);
    default:
      return null;
  }
}
