import type { Dice, Locale } from './dice';

/** A number with so many decimals as a locale writes it. */
export function written(value: number, digits: number, { decimal, thousands }: Locale): string {
  if (Number.isNaN(value)) return '';
  const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.');
  const grouped = thousands === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${value < 0 ? '-' : ''}${grouped}${rest === undefined ? '' : `${decimal}${rest}`}`;
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

export interface WrittenClock {
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly cells: (seconds: number) => string[];
  /** Whether the rate can be told. */
  readonly known: 'yes' | 'no' | 'maybe';
}

/** The clock of a table in one of many forms; `null` for none. */
export function clockOf(dice: Dice, locale: Locale, rate: number): WrittenClock | null {
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
    isoZone: () => ({ names: [dated], units: [''], cells: (s: number) => [`${iso(s, 'T')}Z`], known: 'yes' }),
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
        `${pad(Math.floor((s + 1e-7) / 60))}:${pad(Math.floor(s + 1e-7) % 60)}.${pad(Math.round(s * 1e4) % 1e4, 4)}`,
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
