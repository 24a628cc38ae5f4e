/** Writes recordings as tables the way devices and programs do: dialects, clocks, headers and layouts at random. */

import { Dice, type Locale } from './dice';
import { clockOf, written } from './writtenClocks';
import { preambleOf, textOf } from './writtenText';

/** What must come back of a table that was written. */
export interface Known {
  /** Whether nothing in the text tells what its commas or points mean. */
  readonly ambiguous: boolean;
  readonly text: Buffer;
  readonly name: string;
  /** What was chosen, to find out which choice is read wrongly. */
  readonly choices: readonly string[];
  readonly sequences: readonly {
    readonly names: readonly (string | null)[];
    readonly units: readonly (string | null)[];
    readonly rates: readonly (number | null)[];
    readonly label: string | null;
    readonly values: readonly (readonly number[])[];
  }[];
}

const vocabularies = [
  ['acc_x', 'acc_y', 'acc_z', 'gyro_x', 'gyro_y'],
  ['ECG', 'PPG', 'EDA', 'Resp', 'SpO2'],
  ['Druck', 'Temperatur', 'Feuchte', 'Drehzahl', 'Strom'],
  ['Température', 'Pression', 'Débit', 'Vitesse', 'Couple'],
  ['CH1', 'CH2', 'CH3', 'CH4', 'CH5'],
  ['left pupil', 'right pupil', 'gaze x', 'gaze y', 'confidence'],
  ['Fz', 'Cz', 'Pz', 'Oz', 'C3'],
  ['Pump.Motor.Speed', 'Pump.Motor.Current', 'Tank1 Level', 'Valve position', 'Flow rate'],
  ['Acceleration x', 'Acceleration y', 'Acceleration z', 'Absolute acceleration', 'Angle'],
];
const unitPool = ['mV', 'V', 'm/s^2', '°C', 'bar', 'g', 'deg/s', 'uS', 'mmHg', 'kPa', '%', 'rpm', 'A', 'N', 'm/s²'];

export function writtenTable(seed: number): Known {
  const dice = new Dice(seed);
  const layout = dice.of(['columns', 'columns', 'columns', 'columns', 'columns', 'rows', 'long'] as const, 'layout');
  const locale = localeOf(dice);
  if (layout === 'rows') return rowsTable(dice, locale);
  return layout === 'long' ? longTable(dice, locale) : columnsTable(dice, locale);
}

function localeOf(dice: Dice): Locale {
  const delimiter = dice.of([',', ',', ',', ';', ';', '\t', '\t', '|', ' '], 'delimiter');
  const decimal =
    delimiter === ','
      ? dice.chance(0.1, 'quoted decimal comma')
        ? ','
        : '.'
      : dice.of(['.', ',', '.'] as const, 'decimal');
  const grouped = delimiter !== ' ' && dice.chance(0.12, 'thousands');
  const thousands = grouped ? (decimal === ',' ? '.' : ',') : '';
  const quotes =
    delimiter === ',' && (decimal === ',' || thousands === ',')
      ? 'all'
      : dice.of(['none', 'none', 'none', 'all', 'text'] as const, 'quotes');
  return { delimiter, decimal, thousands, quotes };
}

function signal(dice: Dice, length: number): { readonly values: number[]; readonly digits: number } {
  const digits = dice.of([0, 1, 2, 3, 4, 5]);
  const scale = dice.of([1, 10, 100, 5000]) * (digits === 0 ? 50 : 1);
  const offset = dice.of([0, 0, scale * 2]);
  const period = 7 + dice.next() * 40;
  const values = Array.from({ length }, (_, i) => {
    const exact = offset + scale * (Math.sin((i * 6.283) / period) + 0.3 * (dice.next() - 0.5));
    return Number(exact.toFixed(digits)) + 0;
  });
  return { values, digits };
}

function columnsTable(dice: Dice, locale: Locale): Known {
  const length = 40 + dice.below(40);
  const rate = dice.of([1, 4, 10, 25, 50, 100, 128, 250, 1 / 60, 0.2, 1 / 300], 'rate');
  const signals = Array.from({ length: 1 + dice.below(4) }, () => signal(dice, length));
  const clock = clockOf(dice, locale, rate);
  const named = clock !== null && clock.names.length > 1 ? true : dice.chance(0.85, 'header');
  const unitStyle = named ? dice.of(['none', 'square', 'round', 'row'] as const, 'units') : 'none';
  const pool = dice.of(vocabularies);
  const names = signals.map((_, i) => pool[i]!);
  const units = signals.map(() => dice.of(unitPool));
  const extra = extraColumns(dice, length, named);
  const reversed = clock !== null && clock.known === 'yes' && dice.chance(0.08, 'newest first');
  const order = Array.from({ length }, (_, i) => (reversed ? length - 1 - i : i));
  const header = [
    ...(clock?.names ?? []),
    ...extra.before.map(({ name }) => name),
    ...names,
    ...extra.after.map(({ name }) => name),
  ];
  const unitsOf = [...(clock?.units ?? []), ...extra.before.map(() => ''), ...units, ...extra.after.map(() => '')];
  const styled = header.map((name, i) => {
    const unit = unitsOf[i] ?? '';
    if (unit === '' || /[[(]/.test(name)) return name;
    return unitStyle === 'square' ? `${name} [${unit}]` : unitStyle === 'round' ? `${name} (${unit})` : name;
  });
  const rows = order.map((row) => [
    ...(clock?.cells(row / rate) ?? []),
    ...extra.before.map(({ cells }) => cells[row]!),
    ...signals.map(({ values, digits }) => written(values[row]!, digits, locale)),
    ...extra.after.map(({ cells }) => cells[row]!),
  ]);
  const headers = named ? [styled, ...(unitStyle === 'row' ? [unitsOf] : [])] : [];
  const stated = clock === null && dice.chance(0.5, 'stated rate');
  const preamble = preambleOf(dice, locale, stated ? rate : null, header.length, named);
  const text = textOf(dice, locale, preamble, headers, rows);
  const known =
    clock === null
      ? stated && preamble.length > 0
        ? [rate]
        : [null]
      : clock.known === 'yes' && (named || clock.units[0] !== 'ms')
        ? [rate]
        : !named && clock.units[0] === 'ms'
          ? [null, rate, rate / 1000]
          : clock.known === 'no'
            ? [null, rate]
            : [rate, null];
  return {
    ...text,
    choices: dice.choices,
    sequences: [
      {
        names: named ? names : names.map(() => null),
        units: unitStyle === 'none' ? names.map(() => null) : units,
        rates: known,
        label: extra.label,
        values: signals.map(({ values }) => values),
      },
    ],
  };
}

interface Extra {
  readonly name: string;
  readonly cells: readonly string[];
}

function extraColumns(dice: Dice, length: number, named: boolean) {
  const [before, after]: [Extra[], Extra[]] = [[], []];
  let label: string | null = null;
  const each = (cell: (row: number) => string) => Array.from({ length }, (_, row) => cell(row));
  if (named) {
    if (dice.chance(0.15, 'counter'))
      before.push({
        name: dice.of(['index', 'Sample', 'frame', 'No.', 'seq', 'packet counter']),
        cells: each((row) => String(row % dice.of([256, 1e6]))),
      });
    if (dice.chance(0.1, 'constant label')) {
      label = dice.of(['walking', 'Sitting', 'A', 'healthy']);
      const name = dice.of(['label', 'Activity', 'class']);
      const word = label;
      (dice.chance(0.5) ? before : after).push({ name, cells: each(() => word) });
    } else if (dice.chance(0.12, 'changing label')) {
      const words = dice.of([
        ['1', '2', '5'],
        ['walk', 'sit', 'run'],
        ['0', '1', '0'],
      ]);
      (dice.chance(0.5) ? before : after).push({
        name: dice.of(['label', 'activity', 'class']),
        cells: each((row) => words[Math.floor((row * 3) / length)]!),
      });
    }
    if (dice.chance(0.08, 'status')) after.push({ name: dice.of(['status', 'flag', 'valid']), cells: each(() => '0') });
    if (dice.chance(0.08, 'device text')) after.push({ name: 'device', cells: each(() => 'AB-12') });
  }
  return { before, after, label };
}

function rowsTable(dice: Dice, locale: Locale): Known {
  const count = 12 + dice.below(12);
  const length = 24 + dice.below(24);
  const classes = dice.of(
    [
      ['1', '2'],
      ['0', '1', '2'],
      ['-1', '1'],
      ['walk', 'sit'],
    ],
    'classes',
  );
  const place = dice.of(['first', 'last'] as const, 'place');
  const series = Array.from({ length: count }, (_, row) => {
    const period = 15 + 10 * (row % 3);
    return Array.from(
      { length },
      (_, i) => Number((5 * Math.sin((i * 6.283) / period + row * 1.3) + 0.1 * dice.next()).toFixed(4)) + 0,
    );
  });
  const labels = series.map((_, row) => classes[row % classes.length]!);
  const header = dice.chance(0.3, 'header') ? [series[0]!.map((_, i) => `t${i}`)] : [];
  const side = (cells: readonly string[], label: string) => (place === 'first' ? [label, ...cells] : [...cells, label]);
  const rows = series.map((values, row) =>
    side(
      values.map((value) => written(value, 4, locale)),
      labels[row]!,
    ),
  );
  const text = textOf(
    dice,
    locale,
    [],
    header.map((cells) => side(cells, 'label')),
    rows,
  );
  return {
    ...text,
    choices: dice.choices,
    sequences: series.map((values, row) => ({
      names: [null],
      units: [null],
      rates: [null],
      label: labels[row]!,
      values: [values],
    })),
  };
}

function longTable(dice: Dice, locale: Locale): Known {
  const length = 30 + dice.below(20);
  const rate = dice.of([1, 10, 50]);
  const keys = dice.of(
    [
      ['hr', 'spo2'],
      ['temp', 'humidity', 'co2'],
      ['Fz', 'Cz'],
    ],
    'keys',
  );
  const signals = keys.map(() => signal(dice, length));
  const key = dice.of(['sensor', 'variable', 'channel', 'name', '_field'], 'key');
  const stacked = dice.chance(0.4, 'stacked');
  const cells = (i: number, k: number) => [
    written(i / rate, 2, { ...locale, thousands: '' }),
    keys[k]!,
    written(signals[k]!.values[i]!, signals[k]!.digits, locale),
  ];
  const steps = Array.from({ length }, (_, i) => i);
  const rows = stacked
    ? keys.flatMap((_, k) => steps.map((i) => cells(i, k)))
    : steps.flatMap((i) => keys.map((_, k) => cells(i, k)));
  const text = textOf(dice, locale, [], [['time', key, 'value']], rows);
  return {
    ...text,
    choices: dice.choices,
    sequences: [
      {
        names: keys,
        units: keys.map(() => null),
        rates: [rate, null],
        label: null,
        values: signals.map(({ values }) => values),
      },
    ],
  };
}
