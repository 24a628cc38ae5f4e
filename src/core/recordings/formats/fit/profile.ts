/** What the number stored for a quantity means: `stored / scale - offset`, in `unit`. */
export interface Quantity {
  readonly name: string;
  readonly unit: string | null;
  readonly scale: number;
  readonly offset: number;
}

/** Half of a turn, in the units in which FIT files have positions. */
const semicircles = 2 ** 31 / 180;

/** The fields of the messages that hold samples (`record`), by their numbers in Garmin's FIT profile. */
const quantities: ReadonlyMap<number, Quantity> = new Map(
  (
    [
      [0, 'position_lat', 'deg', semicircles],
      [1, 'position_long', 'deg', semicircles],
      [2, 'altitude', 'm', 5, 500],
      [3, 'heart_rate', 'bpm'],
      [4, 'cadence', 'rpm'],
      [5, 'distance', 'm', 100],
      [6, 'speed', 'm/s', 1000],
      [7, 'power', 'W'],
      [9, 'grade', '%', 100],
      [10, 'resistance', null],
      [11, 'time_from_course', 's', 1000],
      [12, 'cycle_length', 'm', 100],
      [13, 'temperature', '°C'],
      [17, 'speed_1s', 'm/s', 16],
      [18, 'cycles', null],
      [19, 'total_cycles', null],
      [28, 'compressed_accumulated_power', 'W'],
      [29, 'accumulated_power', 'W'],
      [30, 'left_right_balance', null],
      [31, 'gps_accuracy', 'm'],
      [32, 'vertical_speed', 'm/s', 1000],
      [33, 'calories', 'kcal'],
      [39, 'vertical_oscillation', 'mm', 10],
      [40, 'stance_time_percent', '%', 100],
      [41, 'stance_time', 'ms', 10],
      [42, 'activity_type', null],
      [43, 'left_torque_effectiveness', '%', 2],
      [44, 'right_torque_effectiveness', '%', 2],
      [45, 'left_pedal_smoothness', '%', 2],
      [46, 'right_pedal_smoothness', '%', 2],
      [47, 'combined_pedal_smoothness', '%', 2],
      [48, 'time128', 's', 128],
      [49, 'stroke_type', null],
      [50, 'zone', null],
      [51, 'ball_speed', 'm/s', 100],
      [52, 'cadence256', 'rpm', 256],
      [53, 'fractional_cadence', 'rpm', 128],
      [54, 'total_hemoglobin_conc', 'g/dL', 100],
      [55, 'total_hemoglobin_conc_min', 'g/dL', 100],
      [56, 'total_hemoglobin_conc_max', 'g/dL', 100],
      [57, 'saturated_hemoglobin_percent', '%', 10],
      [58, 'saturated_hemoglobin_percent_min', '%', 10],
      [59, 'saturated_hemoglobin_percent_max', '%', 10],
      [62, 'device_index', null],
      [67, 'left_pco', 'mm'],
      [68, 'right_pco', 'mm'],
      [69, 'left_power_phase', 'deg', 256 / 360],
      [70, 'left_power_phase_peak', 'deg', 256 / 360],
      [71, 'right_power_phase', 'deg', 256 / 360],
      [72, 'right_power_phase_peak', 'deg', 256 / 360],
      [73, 'enhanced_speed', 'm/s', 1000],
      [78, 'enhanced_altitude', 'm', 5, 500],
      [81, 'battery_soc', '%', 2],
      [82, 'motor_power', 'W'],
      [83, 'vertical_ratio', '%', 100],
      [84, 'stance_time_balance', '%', 100],
      [85, 'step_length', 'mm', 10],
      [87, 'cycle_length16', 'm', 100],
      [91, 'absolute_pressure', 'Pa'],
      [92, 'depth', 'm', 1000],
      [93, 'next_stop_depth', 'm', 1000],
      [94, 'next_stop_time', 's'],
      [95, 'time_to_surface', 's'],
      [96, 'ndl_time', 's'],
      [97, 'cns_load', '%'],
      [98, 'n2_load', '%'],
      [99, 'respiration_rate', '1/min'],
      [108, 'enhanced_respiration_rate', '1/min', 100],
      [139, 'core_temperature', '°C', 100],
    ] as const
  ).map(([number, name, unit, scale = 1, offset = 0]) => [number, { name, unit, scale, offset }]),
);

/** What a field of a `record` message holds. */
export function quantityOf(number: number): Quantity {
  return quantities.get(number) ?? { name: `field ${number}`, unit: null, scale: 1, offset: 0 };
}

/** The field that holds the same quantity in more detail, by the number of the coarser one. */
export const finerFields: ReadonlyMap<number, number> = new Map([
  [2, 78],
  [6, 73],
  [99, 108],
]);

/** The field of every message that tells its time. */
export const timestampField = 253;

/** The numbers of the kinds of messages that are read beside those of sensors. */
export const kinds = { record: 20, fieldDescription: 206 } as const;

/** Seconds from 1970 to the end of 1989, from which FIT files count. */
export const epoch = 631_065_600;
