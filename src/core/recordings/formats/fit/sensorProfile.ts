import type { Quantity } from './profile';

/** Messages with many samples of a sensor in each. */
export interface SensorKind {
  readonly name: string;
  /** The fields that hold samples, by their numbers in Garmin's FIT profile. */
  readonly quantities: ReadonlyMap<number, Quantity>;
  /** Of two fields that hold the same, the number of the coarser one and that of the finer. */
  readonly finer: readonly (readonly [coarse: number, fine: number])[];
  /** How the time of each sample is told. */
  readonly clock: 'offsets' | 'events' | 'none';
}

type Told = readonly [number: number, name: string, unit: string | null, scale?: number, offset?: number];

function quantitiesOf(told: readonly Told[]): ReadonlyMap<number, Quantity> {
  return new Map(told.map(([number, name, unit, scale = 1, offset = 0]) => [number, { name, unit, scale, offset }]));
}

/** Three axes as they were measured, and in a unit where the device did the sum; some devices shorten those numbers. */
function axes(name: string, short: string, unit: string, compressed: readonly Told[] = []): SensorKind {
  const each = ['x', 'y', 'z'];
  const quantities = quantitiesOf([
    ...each.map((axis, at): Told => [2 + at, `${short}_${axis}`, 'counts']),
    ...each.map((axis, at): Told => [5 + at, `calibrated_${short}_${axis}`, unit]),
    ...compressed,
  ]);
  const finer = [0, 1, 2].flatMap((at) => [
    [2 + at, 5 + at] as const,
    [2 + at, 8 + at] as const,
    [8 + at, 5 + at] as const,
  ]);
  return { name, quantities, finer, clock: 'offsets' };
}

function plain(name: string, told: readonly Told[], clock: SensorKind['clock'] = 'offsets'): SensorKind {
  return { name, quantities: quantitiesOf(told), finer: [], clock };
}

const compressed = ['x', 'y', 'z'].map((axis, at): Told => [8 + at, `compressed_calibrated_accel_${axis}`, 'mG']);

/** By the number of the message. */
export const sensorKinds: ReadonlyMap<number, SensorKind> = new Map([
  [78, plain('hrv', [[0, 'rr_interval', 's', 1000]], 'none')],
  [132, plain('hr', [[6, 'filtered_bpm', 'bpm']], 'events')],
  [164, axes('gyroscope_data', 'gyro', 'deg/s')],
  [165, axes('accelerometer_data', 'accel', 'g', compressed)],
  [208, axes('magnetometer_data', 'mag', 'G')],
  [
    209,
    plain('barometer_data', [
      [2, 'baro_pres', 'Pa'],
      [3, 'enhanced_altitude', 'm', 5, 500],
    ]),
  ],
  [269, plain('spo2_data', [[0, 'reading_spo2', '%']])],
  [297, plain('respiration_rate', [[0, 'respiration_rate', '1/min', 100]])],
]);
