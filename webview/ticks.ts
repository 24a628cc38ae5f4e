import { formatCount } from './format';

export interface Tick {
  /** Where the tick lies on the axis, from 0 to 1. */
  readonly position: number;
  readonly label: string;
}

export interface TimeAxis {
  /** What the labels count: `s`, `min:s`, `steps`. */
  readonly unit: string;
  readonly ticks: readonly Tick[];
}

/**
 * Round positions along the time axis of a plot, from 0 on, at most `most` of them (at least 2).
 * The axis is in seconds if the rate (Hz) is known, else in time steps.
 */
export function timeAxis(steps: number, rate: number | null, most: number): TimeAxis {
  const gaps = Math.max(1, most - 1);
  if (steps < 2) return { unit: 'steps', ticks: [] };
  if (rate === null || rate <= 0) return plainAxis(steps, Math.max(1, roundUp(steps / gaps)), 'steps');
  const seconds = steps / rate;
  const step = roundUp(seconds / gaps);
  if (seconds < 1e-3) return plainAxis(seconds * 1e6, step * 1e6, 'µs');
  if (seconds < 1) return plainAxis(seconds * 1e3, step * 1e3, 'ms');
  return step <= 20 ? plainAxis(seconds, step, 's') : clockAxis(seconds, seconds / gaps);
}

const clockSteps = [30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];
const day = 86_400;

function clockAxis(seconds: number, wanted: number): TimeAxis {
  const step = clockSteps.find((each) => each >= wanted);
  if (step === undefined) return plainAxis(seconds / day, Math.max(1, roundUp(wanted / day)), 'days');
  const small = seconds < 3600 ? 1 : 60;
  const label = (value: number): string => {
    const whole = Math.round(value / small);
    return `${formatCount(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
  };
  return { unit: small === 1 ? 'min:s' : 'h:min', ticks: ticksOf(seconds, step, label) };
}

function plainAxis(length: number, step: number, unit: string): TimeAxis {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const label = (value: number): string => {
    if (value >= 1e4) return formatCount(value);
    return value === 0 ? '0' : value.toFixed(decimals);
  };
  return { unit, ticks: ticksOf(length, step, label) };
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `wanted`. */
function roundUp(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5].find((each) => each * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function ticksOf(length: number, step: number, label: (value: number) => string): readonly Tick[] {
  const count = Math.floor((length / step) * (1 + 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => {
    // Multiplying alone would give 0.30000000000000004.
    const value = Number((index * step).toPrecision(12));
    return { position: Math.min(1, value / length), label: label(value) };
  });
}
