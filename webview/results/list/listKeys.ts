/** What a key does in the list of matches. */
export type ListCommand = { readonly kind: 'go' | 'extend'; readonly to: number } | { readonly kind: Act };

type Act =
  | ('open' | 'search' | 'searchAll' | 'compare' | 'copyPaths' | 'setLabel' | 'exclude' | 'markMore' | 'markLess')
  | 'refresh'
  | ('toggle' | 'selectAll' | 'selectNone')
  | 'play'
  | ('collapse' | 'expand');

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Where the focus is: the row at `index` of `count` rows. */
export interface Focus {
  readonly index: number;
  readonly count: number;
  /** Whether the row is the head of a group. */
  readonly onGroup: boolean;
  /** Rows that fit on the screen. */
  readonly page: number;
  /** Whether a text is selected, which the editor's own command copies. */
  readonly textSelected: boolean;
}

/** The command that a key stands for, or `null` if the list leaves it alone. */
export function listCommand(key: Key, focus: Focus): ListCommand | null {
  if (key.altKey) return null;
  if (key.ctrlKey || key.metaKey) return withControl(key, focus);
  const step = stepOf(key.key, focus);
  if (step !== null) return { kind: key.shiftKey ? 'extend' : 'go', to: step };
  return onAnyRow(key) ?? (focus.onGroup ? onGroup(key) : onMatch(key));
}

function onAnyRow({ key }: Key): ListCommand | null {
  if (key === ' ') return { kind: 'toggle' };
  if (key === 'r' || key === 'R') return { kind: 'refresh' };
  return key === 'Escape' ? { kind: 'selectNone' } : null;
}

function withControl({ key, shiftKey }: Key, { textSelected }: Focus): ListCommand | null {
  if (shiftKey) return null;
  if (key === 'a' || key === 'A') return { kind: 'selectAll' };
  return (key === 'c' || key === 'C') && !textSelected ? { kind: 'copyPaths' } : null;
}

function onGroup({ key }: Key): ListCommand | null {
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'collapse' };
    case 'ArrowRight':
      return { kind: 'expand' };
    case 'Enter':
      return { kind: 'toggle' };
    default:
      return null;
  }
}

function onMatch({ key, shiftKey }: Key): ListCommand | null {
  switch (key) {
    case 'Enter':
      return { kind: shiftKey ? 'search' : 'open' };
    case 'f':
    case 'F':
      return { kind: shiftKey ? 'searchAll' : 'search' };
    case 'm':
    case 'M':
      return { kind: 'markMore' };
    case 'n':
    case 'N':
      return { kind: 'markLess' };
    case 'c':
    case 'C':
      return { kind: 'compare' };
    case 'p':
    case 'P':
      return { kind: 'play' };
    case 'l':
    case 'L':
      return { kind: 'setLabel' };
    case 'Delete':
      return { kind: 'exclude' };
    default:
      return null;
  }
}

function stepOf(key: string, { index, count, page }: Focus): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
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
