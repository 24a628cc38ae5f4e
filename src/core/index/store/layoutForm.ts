import type { ChannelScale } from '../../encoder/inputs';
import type { ScaleRecord } from './records';

/** How the sequences of a layout are embedded, so that they can be compared. */
export interface LayoutForm {
  /** One for each channel. */
  readonly scales: readonly ChannelScale[];
  /** The rates to which they are brought before, in Hz: see `commonRates`. */
  readonly rates: readonly number[];
}

export function toScaleRecord({ scales, rates }: LayoutForm): ScaleRecord {
  return {
    centres: scales.map(({ centre }) => centre),
    spreads: scales.map(({ spread }) => spread),
    rates: [...rates],
  };
}

/** @returns `undefined` for a record that does not fit the number of channels or holds impossible numbers */
export function fromScaleRecord(record: ScaleRecord, channels: number): LayoutForm | undefined {
  const { rates } = record;
  const scales = record.centres.map((centre, c) => ({ centre, spread: record.spreads[c] ?? 0 }));
  const sound =
    scales.length === channels &&
    scales.every(({ centre, spread }) => Number.isFinite(centre) && spread > 0) &&
    rates.every((rate) => Number.isFinite(rate) && rate > 0);
  return sound ? { scales, rates } : undefined;
}
