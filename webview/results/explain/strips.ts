import type { Strip } from '../../../src/protocol/explanation';
import { formatNumber } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { StripPaint } from '../../shared/plots/strip';
import type { TimeWindow } from '../../shared/plots/viewport';

export type { Strip };

/**
 * A strip of one channel, ready to be painted. An intensity of 1 is the mean cost of a compared time step of the
 * recording's channels.
 *
 * @param at where a time step lies on the axis
 */
export function paintOf(
  strip: Strip,
  channel: number,
  at: (step: number) => number,
  describe: (where: readonly TimeWindow[]) => string,
): StripPaint | null {
  const own = strip.channels.find(({ index }) => index === channel);
  if (own === undefined) return null;
  const total = strip.sums.reduce((sum, value) => sum + value, 0);
  const counted = strip.sums.filter((sum) => sum > 0).length;
  const mean = total / Math.max(1, counted) / Math.max(1, strip.comparedSteps);
  const intensity = strip.compared.map((steps, c) => {
    if (steps < 1e-9) return null;
    return mean > 0 ? (own.costs[c] ?? 0) / steps / mean : 0;
  });
  const { start, end } = strip.span;
  const window = { start: at(start), end: at(end) };
  return { window, intensity, label: describe(strongestStretches(intensity, window)) };
}

const describedStretches = 3;
const stretches = 20;

/** The parts of the axis, a twentieth of it each, where the intensity is highest and above the mean. */
export function strongestStretches(intensity: readonly (number | null)[], window: TimeWindow): readonly TimeWindow[] {
  const count = Math.min(stretches, intensity.length);
  const length = (window.end - window.start) / count;
  const parts = Array.from({ length: count }, (_, i) => {
    const part = intensity
      .slice(Math.floor((i * intensity.length) / count), Math.floor(((i + 1) * intensity.length) / count))
      .filter((value) => value !== null);
    const mean = part.length === 0 ? 0 : part.reduce((sum, value) => sum + value, 0) / part.length;
    return { mean, start: window.start + i * length, end: window.start + (i + 1) * length };
  });
  return parts
    .filter(({ mean }) => mean > 1)
    .sort((a, b) => b.mean - a.mean)
    .slice(0, describedStretches)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ start, end }));
}

/** What a screen reader says of a strip. */
export function stripLabel(file: string, channel: string, where: readonly TimeWindow[], timed: boolean): string {
  const unit = timed ? 's' : t('steps');
  const parts = where.map(({ start, end }) => `${formatNumber(start, 4)}–${formatNumber(end, 4)} ${unit}`);
  return parts.length === 0
    ? t('{0}, {1}: no part differs more than the others', file, channel)
    : t('{0}, {1}: differs most at {2}', file, channel, parts.join(', '));
}
