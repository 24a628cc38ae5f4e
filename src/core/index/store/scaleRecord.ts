import type { ChannelScale } from '../../encoder/inputs';
import type { ScaleRecord } from './records';

export function toScaleRecord(scales: readonly ChannelScale[]): ScaleRecord {
  return { centres: scales.map(({ centre }) => centre), spreads: scales.map(({ spread }) => spread) };
}

/** @returns `undefined` for a record that does not fit the number of channels or holds impossible numbers */
export function fromScaleRecord(record: ScaleRecord, channels: number): readonly ChannelScale[] | undefined {
  const scales = record.centres.map((centre, c) => ({ centre, spread: record.spreads[c] ?? 0 }));
  const sound =
    scales.length === channels && scales.every(({ centre, spread }) => Number.isFinite(centre) && spread > 0);
  return sound ? scales : undefined;
}
