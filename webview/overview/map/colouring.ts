import { interpolateViridis } from 'd3-scale-chromatic';
import type { OverviewColumn } from '../../../src/protocol/overview';

/** Colours that are told apart; what is left over shares a dim one. */
export const mostColours = 8;

/** Classes of numbers, with about as many points in each. */
const classes = 7;

/** What the points of one colour have in common. */
export interface Entry {
  /** A text that they share, `null` for none, or the least and the largest of their numbers. */
  readonly value: string | null | readonly [number, number];
  readonly points: number;
  /** One of so many colours of the theme, a share of the ramp, or `null` for the dim colour. */
  readonly colour: number | null;
}

/** What colours the points have. */
export interface Colouring {
  readonly kind: 'texts' | 'numbers';
  readonly entries: readonly Entry[];
  /** The entry of each point; 255 where nothing is known of it. */
  readonly of: Uint8Array;
  /** Whether the last entry stands for several texts. */
  readonly hasOthers: boolean;
}

export const unknown = 255;

/** A colour for each of the most frequent texts, one for all others, and one for points without a text. */
export function byText({ texts, of }: OverviewColumn): Colouring {
  const counts = new Uint32Array(texts.length);
  let without = 0;
  for (const text of of) {
    if (text >= 0) counts[text] = (counts[text] ?? 0) + 1;
    else without += 1;
  }
  const used = [...counts.keys()].filter((text) => (counts[text] ?? 0) > 0);
  used.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const own = used.slice(0, mostColours);
  const rest = used.slice(mostColours).reduce((sum, text) => sum + (counts[text] ?? 0), 0);
  const entries: Entry[] = own.map((text, colour) => ({ value: texts[text] ?? '', points: counts[text] ?? 0, colour }));
  const places = new Uint8Array(texts.length).fill(entries.length + (without > 0 ? 1 : 0));
  own.forEach((text, place) => (places[text] = place));
  if (without > 0) entries.push({ value: null, points: without, colour: null });
  if (rest > 0) entries.push({ value: '', points: rest, colour: null });
  const none = own.length;
  return {
    kind: 'texts',
    entries,
    of: Uint8Array.from(of, (text) => (text < 0 ? none : (places[text] ?? none))),
    hasOthers: rest > 0,
  };
}

/**
 * A colour of a ramp for each of a few classes of numbers, which hold about as many points each; equal numbers are of
 * one class.
 * @param values one for each point, or none where they are not known yet
 * @param isFalling whether the smallest numbers are the strongest
 */
export function byNumber(values: readonly number[], points: number, isFalling = false): Colouring {
  const of = new Uint8Array(points).fill(unknown);
  if (values.length !== points || points === 0) return { kind: 'numbers', entries: [], of, hasOthers: false };
  const sorted = Float64Array.from(values).sort();
  const starts = new Set<number>();
  for (let i = 0; i < classes; i++) starts.add(sorted[Math.floor((i * points) / classes)] ?? 0);
  const bounds = [...starts];
  values.forEach((value, i) => (of[i] = Math.max(0, firstAbove(bounds, value) - 1)));
  const entries = bounds.map((_, i) => {
    const share = bounds.length === 1 ? 0.5 : i / (bounds.length - 1);
    return { value: [Infinity, -Infinity] as [number, number], points: 0, colour: isFalling ? 1 - share : share };
  });
  of.forEach((place, i) => {
    const entry = entries[place];
    const value = values[i] ?? 0;
    if (entry === undefined) return;
    entry.points += 1;
    entry.value = [Math.min(entry.value[0], value), Math.max(entry.value[1], value)];
  });
  return { kind: 'numbers', entries, of, hasOthers: false };
}

function firstAbove(bounds: readonly number[], value: number): number {
  const found = bounds.findIndex((bound) => bound > value);
  return found < 0 ? bounds.length : found;
}

/** A colour of the ramp as `#rrggbb`, stronger against the page's background the larger the share. */
export function rampColour(share: number, isDark: boolean): string {
  // Its ends would be lost on the background.
  return interpolateViridis(isDark ? 0.22 + 0.78 * share : 0.86 * (1 - share));
}
