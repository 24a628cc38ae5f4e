/** Writes recordings as tables the way devices and programs do: dialects, clocks, headers and layouts at random. */

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

export class Dice {
  readonly choices: string[] = [];
  constructor(private state: number) {}

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(share: number, what = ''): boolean {
    const is = this.next() < share;
    if (is && what !== '') this.choices.push(what);
    return is;
  }

  of<T>(options: readonly T[], what = ''): T {
    const chosen = options[this.below(options.length)]!;
    if (what !== '') this.choices.push(`${what}=${JSON.stringify(chosen)}`);
    return chosen;
  }
}

interface Locale {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.';
  readonly quotes: 'none' | 'all' | 'text';
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

function written(value: number, digits: number, { decimal, thousands }: Locale): string {
  if (Number.isNaN(value)) return '';
  const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.');
  const grouped = thousands === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${value < 0 ? '-' : ''}${grouped}${rest === undefined ? '' : `${decimal}${rest}`}`;
}

function lineOf(cells: readonly string[], { delimiter, quotes }: Locale): string {
  const quote = (cell: string) => {
    const needs = cell.includes(delimiter) || (delimiter === ' ' && cell === '');
    const isText = !/^[-+\d.,]*$/.test(cell);
    return quotes === 'all' || needs || (quotes === 'text' && isText) ? `"${cell}"` : cell;
  };
  return cells.map(quote).join(delimiter);
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

interface WrittenClock {
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly cells: (seconds: number) => string[];
  /** Whether the rate can be told. */
  readonly known: 'yes' | 'no' | 'maybe';
}

function clockOf(dice: Dice, locale: Locale, rate: number): WrittenClock | null {
  const step = 1 / rate;
  const whole = Number.isInteger(step) || step >= 1;
  const base = Date.UTC(2021, dice.below(12), 3 + dice.below(25), dice.below(24), dice.below(60), dice.below(60));
  const digits = whole
    ? dice.of([0, 3])
    : step >= 0.1
      ? dice.of([1, 2, 3])
      : step >= 0.01
        ? dice.of([2, 3, 6])
        : dice.of([3, 4, 6]);
  const timeOf = (s: number) => new Date(base + Math.round(s * 1e6) / 1e3);
  const fraction = (s: number) => {
    const micro = Math.round((((base / 1e3) % 1) + s) * 1e6) % 1e6;
    const shown = Math.max(digits, whole ? 0 : step < 0.01 ? 4 : 3);
    return shown === 0 ? '' : `.${pad(micro, 6).slice(0, shown).padEnd(shown, '0')}`;
  };
  const hms = (s: number) => {
    const t = timeOf(Math.floor(s + 1e-7));
    return `${pad(t.getUTCHours())}:${pad(t.getUTCMinutes())}:${pad(t.getUTCSeconds())}${fraction(s)}`;
  };
  const parts = (s: number) => {
    const t = timeOf(Math.floor(s + 1e-7));
    return { y: t.getUTCFullYear(), m: t.getUTCMonth() + 1, d: t.getUTCDate(), h: t.getUTCHours() };
  };
  const iso = (s: number, between: string) => `${parts(s).y}-${pad(parts(s).m)}-${pad(parts(s).d)}${between}${hms(s)}`;
  const number = (value: number, places: number) => written(value, places, { ...locale, thousands: '' });
  const dated = dice.of([
    'Timestamp',
    'Date/Time',
    'time',
    'datetime',
    'Zeitstempel',
    'timestamp',
    'Time',
    'Datum',
    'LocalTime',
    '_time',
    'DateTime UTC',
  ]);
  const sinceName = dice.of(['Time', 'time', 't', 'Time since start', 'Elapsed', 'seconds_elapsed', 'Zeit']);
  const isBlank = locale.delimiter === ' ';
  const forms = {
    none: () => null,
    seconds: () => ({
      names: [sinceName],
      units: ['s'],
      cells: (s: number) => [number(s, Math.max(digits, 2))],
      known: 'maybe',
    }),
    offset: () => ({ names: ['time'], units: ['s'], cells: (s: number) => [number(3423.1 + s, 6)], known: 'maybe' }),
    milliseconds: () => ({
      names: [dice.of(['t_ms', 'timestamp_ms', 'time [ms]', 'Time (ms)', 'millis'])],
      units: ['ms'],
      cells: (s: number) => [number(s * 1000, 3)],
      known: 'yes',
    }),
    epoch: () => ({
      names: [dice.of(['timestamp', 'unix_time', 'Timestamp', 'ts', 'epoch'])],
      units: [''],
      cells: (s: number) => [number(base / 1000 + s, 6)],
      known: 'yes',
    }),
    epochMs: () => ({
      names: [dice.of(['timestamp', 'time', 'unixtime'])],
      units: [''],
      cells: (s: number) => [String(Math.round(base + s * 1000))],
      known: step * 1000 >= 2 ? 'yes' : 'no',
    }),
    epochNs: () => ({
      names: ['time'],
      units: ['ns'],
      cells: (s: number) => [
        `${base}${pad(Math.round(s * 1e9), 0)}`.length > 0
          ? String(BigInt(base) * 1_000_000n + BigInt(Math.round(s * 1e9)))
          : '',
      ],
      known: 'yes',
    }),
    iso: () => ({ names: [dated], units: [''], cells: (s: number) => [iso(s, isBlank ? 'T' : ' ')], known: 'yes' }),
    isoZone: () => ({ names: [dated], units: [''], cells: (s: number) => [`${iso(s, 'T')}${'Z'}`], known: 'yes' }),
    isoOffset: () => ({ names: [dated], units: [''], cells: (s: number) => [`${iso(s, 'T')}+02:00`], known: 'yes' }),
    isoNamed: () =>
      isBlank
        ? null
        : { names: [dated], units: [''], cells: (s: number) => [`${iso(s, ' ')}+0100 [Europe/Berlin]`], known: 'yes' },
    slashDay: () => ({
      names: isBlank ? ['Date', 'Time'] : [dated],
      units: isBlank ? ['', ''] : [''],
      cells: (s: number) => {
        const p = parts(s);
        const date = `${pad(p.d)}/${pad(p.m)}/${p.y}`;
        return isBlank ? [date, hms(s)] : [`${date} ${hms(s)}`];
      },
      known: 'yes',
    }),
    slashMonth: () =>
      isBlank
        ? null
        : {
            names: [dated],
            units: [''],
            cells: (s: number) => {
              const p = parts(s);
              return [
                `${p.m}/${p.d}/${p.y} ${p.h % 12 === 0 ? 12 : p.h % 12}${hms(s).slice(2)} ${p.h < 12 ? 'AM' : 'PM'}`,
              ];
            },
            known: 'yes',
          },
    german: () =>
      isBlank
        ? null
        : {
            names: [dated],
            units: [''],
            cells: (s: number) => {
              const p = parts(s);
              return [`${pad(p.d)}.${pad(p.m)}.${p.y} ${hms(s).replace('.', locale.delimiter === ',' ? '.' : ',')}`];
            },
            known: 'yes',
          },
    monthName: () =>
      isBlank
        ? null
        : {
            names: [dated],
            units: [''],
            cells: (s: number) => {
              const p = parts(s);
              return [
                `${pad(p.d)}-${'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(p.m * 3 - 3, p.m * 3)}-${p.y} ${hms(s)}`,
              ];
            },
            known: 'yes',
          },
    dateAndTime: () => ({
      names: dice.of([
        ['Date', 'Time'],
        ['Datum', 'Uhrzeit'],
        ['date', 'time_of_day'],
      ]),
      units: ['', ''],
      cells: (s: number) => iso(s, '#').split('#'),
      known: 'yes',
    }),
    timeOfDay: () => ({
      names: [dice.of(['Time', 'time', 'Uhrzeit'])],
      units: [''],
      cells: (s: number) => [hms(s)],
      known: 'yes',
    }),
    minutes: () => ({
      names: ['time'],
      units: [''],
      cells: (s: number) => [
        `${pad(Math.floor((s + 1e-7) / 60))}:${pad(Math.floor(s + 1e-7) % 60)}${`.${pad(Math.round(s * 1e4) % 1e4, 4)}`}`,
      ],
      known: 'yes',
    }),
    excel: () => ({
      names: ['Time'],
      units: [''],
      cells: (s: number) => [number(44_000 + s / 86_400, 10)],
      known: 'maybe',
    }),
    compact: () =>
      whole
        ? {
            names: ['timestamp'],
            units: [''],
            cells: (s: number) => [iso(s, ' ').replace(/\D/g, '').slice(0, 14)],
            known: 'yes',
          }
        : null,
    ymdhms: () => ({
      names: ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'],
      units: ['', '', '', '', '', ''],
      cells: (s: number) => {
        const p = parts(s);
        const [h = '', m = '', sec = ''] = hms(s).split(':');
        return [String(p.y), String(p.m), String(p.d), String(Number(h)), String(Number(m)), number(Number(sec), 4)];
      },
      known: 'yes',
    }),
  } as const satisfies Record<string, () => WrittenClock | null>;
  const form = dice.of(Object.keys(forms) as (keyof typeof forms)[], 'clock');
  return forms[form]();
}

function columnsTable(dice: Dice, locale: Locale): Known {
  const length = 40 + dice.below(160);
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

function preambleOf(dice: Dice, { delimiter }: Locale, rate: number | null, width: number, named: boolean): string[] {
  const kind = dice.of(['none', 'none', 'lines', 'cells', 'comments'] as const, 'preamble');
  if (kind === 'none') return rate === null ? [] : [`# Sample Rate = ${rate} Hz`];
  const facts = [
    ['Device', 'Logger V2.1'],
    ['Serial', 'X-1042'],
    ['Channels', String(width)],
    ['Subject', 'P07'],
  ];
  if (rate !== null)
    facts.push(dice.chance(0.5) ? ['Sample Rate (Hz)', String(rate)] : ['Sampling frequency', `${rate} Hz`]);
  const some = facts.filter((_, i) => i >= 4 || dice.chance(0.7));
  if (kind === 'comments') return some.map(([key, value]) => `# ${key}: ${value}`);
  if (kind === 'cells' && named)
    return [...some.map((pair) => (delimiter === ' ' ? pair.join(': ') : pair.join(delimiter))), ''];
  return [...some.map((pair) => pair.join(': ')), ...(dice.chance(0.5) ? [''] : [])];
}

function textOf(
  dice: Dice,
  locale: Locale,
  preamble: readonly string[],
  headers: readonly (readonly string[])[],
  rows: readonly (readonly string[])[],
) {
  const trailing =
    locale.delimiter !== ' ' && rows[0]!.length > 1 && dice.chance(0.08, 'trailing delimiter') ? locale.delimiter : '';
  const footer = dice.chance(0.06, 'footer') ? ['', 'End of data'] : [];
  const lines = [
    ...preamble,
    ...headers.map((cells) => lineOf(cells, locale)),
    ...rows.map((cells) => lineOf(cells, locale) + trailing),
    ...footer,
  ];
  const lineEnd = dice.of(['\n', '\n', '\r\n', '\r'], 'line end');
  const whole = lines.join(lineEnd) + (dice.chance(0.8) ? lineEnd : '');
  const encoding = dice.of(['utf8', 'utf8', 'mark', 'latin1', 'utf16le', 'utf16bare'] as const, 'encoding');
  const text =
    encoding === 'utf8'
      ? Buffer.from(whole)
      : encoding === 'mark'
        ? Buffer.from(`\uFEFF${whole}`)
        : encoding === 'latin1'
          ? Buffer.from(whole, 'latin1')
          : Buffer.from(encoding === 'utf16le' ? `\uFEFF${whole}` : whole, 'utf16le');
  const extension =
    locale.delimiter === '\t'
      ? dice.of(['.txt', '.tsv'])
      : locale.delimiter === ' '
        ? dice.of(['.txt', '.dat'])
        : dice.of(['.csv', '.txt']);
  const { decimal, thousands } = locale;
  const tells = rows
    .flat()
    .some(
      (cell) =>
        cell.includes(`${thousands}`) &&
        cell.lastIndexOf(decimal) > cell.indexOf(thousands) &&
        /^-?[\d.,]+$/.test(cell),
    );
  return {
    text,
    name: `recording${extension}`,
    ambiguous: (thousands !== '' && !tells) || (decimal === ',' && (locale.delimiter === ',' || rows[0]!.length === 1)),
  };
}

function rowsTable(dice: Dice, locale: Locale): Known {
  const count = 12 + dice.below(40);
  const length = 24 + dice.below(60);
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
    {
      ...dice,
      chance: () => false,
      of: dice.of.bind(dice),
      below: dice.below.bind(dice),
      next: dice.next.bind(dice),
    } as unknown as Dice,
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
  const length = 30 + dice.below(60);
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
