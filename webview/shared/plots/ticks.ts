import { formatDecimals } from '../../../src/l10n/numbers';
import { formatCount } from '../format';
import { t } from '../l10n';

export interface Tick {
  /** Where the tick lies on the axis, in seconds or time steps. */
  readonly value: number;
  readonly label: string;
}

export interface TimeAxis {
  /** What the labels count: `s`, `min:s`, `steps`. */
  readonly unit: string;
  readonly ticks: readonly Tick[];
}

/**
 * Round positions on a stretch of the time axis, at most `most` of them (at least 2).
 *
 * @param timed whether the axis is in seconds; else it is in time steps
 */
export function timeAxis(start: number, end: number, timed: boolean, most: number): TimeAxis {
  const gaps = Math.max(1, most - 1);
  const length = end - start;
  if (!(length > 0)) return { unit: timed ? 's' : t('steps'), ticks: [] };
  if (!timed) return plainAxis(start, end, Math.max(1, roundUp(length / gaps)), 1, t('steps'));
  const step = roundUp(length / gaps);
  const largest = Math.max(Math.abs(start), Math.abs(end));
  if (largest < 1e-3) return plainAxis(start, end, step, 1e6, 'µs');
  if (largest < 1) return plainAxis(start, end, step, 1e3, 'ms');
  return largest <= 120 ? plainAxis(start, end, step, 1, 's') : clockAxis(start, end, length / gaps);
}

const clockSteps = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];
const day = 86_400;

function clockAxis(start: number, end: number, wanted: number): TimeAxis {
  // A short stretch far from the start is written in seconds: a clock has no room for parts of them.
  if (wanted < 1) return plainAxis(start, end, roundUp(wanted), 1, 's');
  const step =
    wanted <= 15 ? ([1, 2, 5, 10, 15].find((each) => each >= wanted) ?? 15) : clockSteps.find((each) => each >= wanted);
  if (step === undefined) return plainAxis(start, end, Math.max(1, roundUp(wanted / day)) * day, 1 / day, t('days'));
  const small = step < 60 || Math.max(Math.abs(start), Math.abs(end)) < 3600 ? 1 : 60;
  const label = (value: number): string => {
    const whole = Math.round(Math.abs(value) / small);
    return `${value < 0 ? '−' : ''}${formatCount(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
  };
  return { unit: small === 1 ? t('min:s') : t('h:min'), ticks: ticksOf(start, end, step, label) };
}

/** @param perUnit what a value of the axis is multiplied with for its label */
function plainAxis(start: number, end: number, step: number, perUnit: number, unit: string): TimeAxis {
  const decimals = Math.min(9, Math.max(0, -Math.floor(Math.log10(step * perUnit) + 1e-9)));
  const label = (value: number): string => {
    const shown = value * perUnit;
    if (shown === 0) return '0';
    if (Math.abs(shown) >= 1e4 && decimals === 0) return formatCount(shown).replace('-', '−');
    return formatDecimals(shown, decimals).replace('-', '−');
  };
  return { unit, ticks: ticksOf(start, end, step, label) };
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `wanted`. */
function roundUp(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5].find((each) => each * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function ticksOf(start: number, end: number, step: number, label: (value: number) => string): readonly Tick[] {
  const first = Math.ceil(start / step - 1e-9);
  const count = Math.floor(end / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    // Multiplying alone would give 0.30000000000000004.
    const value = Number(((first + index) * step).toPrecision(12));
    return { value, label: label(value) };
  });
}
