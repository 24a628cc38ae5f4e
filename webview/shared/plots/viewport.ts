/** A stretch of the time axis, in its unit. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

export const lengthOf = ({ start, end }: TimeWindow): number => end - start;

/** Moves a window so that it lies within `extent`; one that is wider becomes all of it. */
export function within(window: TimeWindow, extent: TimeWindow): TimeWindow {
  const length = Math.min(lengthOf(window), lengthOf(extent));
  const start = Math.min(Math.max(window.start, extent.start), extent.end - length);
  return { start, end: start + length };
}

/**
 * Makes a window `factor` times as long around `at`, which keeps its place on the screen.
 *
 * @param least the shortest that a window may be
 */
export function zoomed(window: TimeWindow, factor: number, at: number, extent: TimeWindow, least: number): TimeWindow {
  const length = Math.max(Math.min(lengthOf(window) * factor, lengthOf(extent)), Math.min(least, lengthOf(extent)));
  const share = lengthOf(window) > 0 ? (at - window.start) / lengthOf(window) : 0.5;
  return within({ start: at - share * length, end: at + (1 - share) * length }, extent);
}

/** Moves a window by a share of its length, to the right if it is positive. */
export function panned(window: TimeWindow, share: number, extent: TimeWindow): TimeWindow {
  const by = share * lengthOf(window);
  return within({ start: window.start + by, end: window.end + by }, extent);
}

export function isWhole(window: TimeWindow, extent: TimeWindow): boolean {
  return lengthOf(window) >= lengthOf(extent) * (1 - 1e-9);
}

/** What a key does to the time axis. */
export type PlotCommand =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan' | 'cursor'; readonly share: number }
  | { readonly kind: 'reset' };

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The command that a key stands for on a plot, or `null`. */
export function plotCommand({ key, shiftKey, altKey, ctrlKey, metaKey }: Key): PlotCommand | null {
  if (altKey || ctrlKey || metaKey) return null;
  switch (key) {
    case '+':
    case '=':
      return { kind: 'zoom', factor: 0.5 };
    case '-':
    case '_':
      return { kind: 'zoom', factor: 2 };
    case '0':
      return { kind: 'reset' };
    case 'ArrowLeft':
      return shiftKey ? { kind: 'cursor', share: -0.02 } : { kind: 'pan', share: -0.25 };
    case 'ArrowRight':
      return shiftKey ? { kind: 'cursor', share: 0.02 } : { kind: 'pan', share: 0.25 };
    default:
      return null;
  }
}
