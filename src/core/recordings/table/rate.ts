import type { Doubt } from '../reading/doubts';
import type { Table } from './column';

/** The rate by the clock, or the one that the file states where the clock's unit is unknown, or both are about the same. */
export function rateOf(
  byClock: number | null,
  secondsPerUnit: number | null,
  stated: Table['stated'],
  resampled: boolean,
): { readonly rate: number | null; readonly note: string | null; readonly doubts: readonly Doubt[] } {
  if (stated === null) return { rate: byClock, note: null, doubts: [] };
  const note = `its rate of ${stated.rate} Hz was taken from "${stated.words}"`;
  if (byClock === null || (secondsPerUnit === null && !resampled)) return { rate: stated.rate, note, doubts: [] };
  const isNear = Math.abs(byClock - stated.rate) <= stated.rate * 0.05;
  if (isNear) return resampled ? { rate: byClock, note: null, doubts: [] } : { rate: stated.rate, note, doubts: [] };
  const sentence = `Its clock gives ${byClock} Hz, though it states ${stated.rate} Hz ("${stated.words}").`;
  return { rate: byClock, note: null, doubts: [{ sentence, settledBy: ['rate', 'clock', 'clockUnit'] }] };
}
