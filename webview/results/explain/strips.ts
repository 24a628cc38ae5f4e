import type { Strip } from '../../../src/protocol/explanation';
import { formatNumber } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { StripPaint, StripScale } from '../../shared/plots/strip';
import type { TimeWindow } from '../../shared/plots/viewport';

export type { Strip };

/**
 * A strip of one channel, ready to be painted: the mean over all compared time steps of all channels that count is the
 * distance of the two recordings.
 *
 * @param at where a time step lies on the axis
 */
export function paintOf(
  strip: Strip,
  channel: number,
  scale: StripScale,
  at: (step: number) => number,
  describe: (where: readonly TimeWindow[]) => string,
): StripPaint | null {
  const own = strip.channels.find(({ index }) => index === channel);
  if (own === undefined) return null;
  const all = Math.max(1, strip.counted) * Math.max(1, strip.comparedSteps);
  const distances = strip.compared.map((steps, c) => (steps < 1e-9 ? null : ((own.costs[c] ?? 0) / steps) * all));
  const { start, end } = strip.span;
  const window = { start: at(start), end: at(end) };
  return { window, distances, scale, label: describe(strongestStretches(distances, scale.none, window)) };
}

const describedStretches = 3;
const stretches = 20;

/** The parts of the axis, a twentieth of it each, where the distance is largest: above the mean, and coloured. */
export function strongestStretches(
  distances: readonly (number | null)[],
  none: number,
  window: TimeWindow,
): readonly TimeWindow[] {
  const count = Math.min(stretches, distances.length);
  const length = (window.end - window.start) / count;
  const least = Math.max(none, meanOf(distances));
  const parts = Array.from({ length: count }, (_, i) => {
    const part = distances.slice(
      Math.floor((i * distances.length) / count),
      Math.floor(((i + 1) * distances.length) / count),
    );
    return { mean: meanOf(part), start: window.start + i * length, end: window.start + (i + 1) * length };
  });
  return parts
    .filter(({ mean }) => mean > least)
    .sort((a, b) => b.mean - a.mean)
    .slice(0, describedStretches)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ start, end }));
}

function meanOf(distances: readonly (number | null)[]): number {
  const known = distances.filter((value) => value !== null);
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** What a screen reader says of a strip. */
export function stripLabel(file: string, channel: string, where: readonly TimeWindow[], timed: boolean): string {
  const unit = timed ? 's' : t('steps');
  const parts = where.map(({ start, end }) => `${formatNumber(start, 4)}–${formatNumber(end, 4)} ${unit}`);
  return parts.length === 0
    ? t('{0}, {1}: no part differs more than the others', file, channel)
    : t('{0}, {1}: differs most at {2}', file, channel, parts.join(', '));
}
