/** Which of two numbers of a date such as 3/4/2024 is the day. */
export type DateOrder = 'day-first' | 'month-first';

/** What a text names: a day, a time of day (or elapsed), or both. */
export type MomentKind = 'date' | 'time' | 'datetime';

export interface Moment {
  readonly seconds: number;
  readonly kind: MomentKind;
  /** After how many seconds such a clock starts over: a day, half a day or an hour for a time, Infinity for a date. */
  readonly period: number;
  /** Whether the text says its distance from UTC. */
  readonly zoned: boolean;
}

const fraction = String.raw`(?:[.,:](\d{1,12}))?`;
const timeText = String.raw`(\d{1,4}):(\d{2})(?::(\d{2})${fraction})?(?:\s*([ap])\.?\s?m\.?)?`;
const compactTime = String.raw`(\d{2})(\d{2})(\d{2})(?:[.,]?(\d{1,9}))?`;
const zoneText = String.raw`(?:\s*((?:GMT|UTC)?[-+]\d{2}:?\d{2}|Z|UTC|GMT|[-+]\d{2}|[A-Z]{3,4}))?(?:\s*\[[^\]]{1,40}\]|\s*\([^)]{1,40}\))?`;
const gap = String.raw`(?:\s*[T_,]\s*|\s+-?\s*|[-:/.])`;
const weekday = String.raw`(?:\p{L}{2,10}\.?,?\s+)?`;
const end = String.raw`\s*$`;

/** Behind a date, points part the time of day as well. */
const timeBehind = timeText.replaceAll('):', ')[:.]').replace('(?::(', '(?:[:.](');

const withTime = (date: string) => new RegExp(`^\\s*${date}(?:${gap}${timeBehind}${zoneText})?${end}`, 'iu');
const yearFirst = withTime(String.raw`(\d{4})[-/._:](\d{1,2})[-/._:](\d{1,2})`);
const yearLast = withTime(String.raw`${weekday}(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})`);
const dayName = withTime(String.raw`${weekday}(\d{1,2})\.?[-/\s]*(\p{L}{3,9})\.?[-/,\s]*(\d{4}|\d{2})`);
const nameDay = withTime(String.raw`${weekday}(\p{L}{3,9})\.?[-/\s]+(\d{1,2}),?[-/\s]+(\d{4})`);
const yearName = withTime(String.raw`(\d{4})[-/\s]?(\p{L}{3,9})\.?(?:[-/\s](\d{1,2}))?`);
const nameYear = withTime(String.raw`(\p{L}{3,9})\.?[-/\s]'?(\d{4}|\d{2})`);
const yearMonth = /^\s*(\d{4})[-/.M](\d{1,2})\s*$/;
const yearQuarter = /^\s*(\d{4})[-/\s]?Q([1-4])\s*$/i;
const compact = new RegExp(`^\\s*(\\d{4})(\\d{2})(\\d{2})(?:[T_ -]?${compactTime}${zoneText})?${end}`, 'i');
const yearBehind = new RegExp(
  `^\\s*${weekday}(\\p{L}{3})\\.?\\s+(\\d{1,2})\\s+${timeText}${zoneText}(?:\\s+(\\d{4}))?${end}`,
  'iu',
);
const timeOnly = new RegExp(`^\\s*${timeText}${zoneText}${end}`, 'i');
const minutesOnly = /^\s*(\d{1,4}):(\d{2})[.,](\d{1,9})\s*$/;
const timeFirst = new RegExp(`^\\s*${timeText}\\s+(.{6,30})$`, 'iu');
const days = new RegExp(`^\\s*(-?\\d{1,6})\\s*days?,?\\s*${timeText}${end}`, 'i');

/** JavaScript writes the zone's name in full. */
export const longestMoment = 90;

type Groups = readonly (string | undefined)[];

/**
 * The time that a text names: ISO 8601 and its variants, dates with slashes, points or names of months, with a time of
 * day behind, in front or alone, of 24 or 12 hours, with a zone; `mm:ss.mmm`; `2 days 03:04:05`.
 * @param order decides `3/4/2024`; a part above 12 decides by itself.
 * @returns `undefined` for any other text. Its seconds count from 1970 for dates, from 0 for times.
 */
export function parseMoment(text: string, order: DateOrder): Moment | undefined {
  // Cheap and sure: no moment is shorter or longer, begins otherwise, or lacks one of these.
  if (text.length < 4 || text.length > longestMoment || !beginning.test(text)) return undefined;
  if (!/\d/.test(text) || !/[-/.:\sA-Za-z]/.test(text.trim())) return undefined;
  return dated(text, order) ?? timed(text, order);
}

/** Whether a text names a time; the usual form of one is known at little cost. */
export function isMoment(text: string): boolean {
  return usual.test(text) || parseMoment(text, 'day-first') !== undefined;
}

const usual = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?Z?$/;

/** The beginnings of all forms: a word, days, hours, a year, a date of digits alone, or a day. */
const beginning =
  /^\s*(?:\d{1,4}:|\d{4}[-/._\s\p{L}]|\d{8}|\d{1,2}(?:[-/.]\d{1,2}[-/.]|\.?[-/\s]*\p{L})|-?\d{1,6}\s*d|\p{L})/iu;

function dated(text: string, order: DateOrder): Moment | undefined {
  if (/^\s*\d{4}[-/._:M]\d/.test(text)) return numbered(text);
  let parts = yearLast.exec(text);
  if (parts) {
    const monthFirst = Number(parts[2]) > 12 || (order === 'month-first' && Number(parts[1]) <= 12);
    return dateOf(parts[3], monthFirst ? parts[1] : parts[2], monthFirst ? parts[2] : parts[1], parts.slice(4));
  }
  if (!/\p{L}{3}|^\s*\d{8}|^\s*\d{4}[-/.MQ ]/iu.test(text)) return undefined;
  parts = dayName.exec(text);
  if (parts) return dateOf(parts[3], monthOf(parts[2]), parts[1], parts.slice(4));
  parts = nameDay.exec(text);
  if (parts) return dateOf(parts[3], monthOf(parts[1]), parts[2], parts.slice(4));
  parts = yearName.exec(text);
  if (parts) return dateOf(parts[1], monthOf(parts[2]), parts[3] ?? '1', parts.slice(4));
  parts = nameYear.exec(text);
  if (parts) return dateOf(parts[2], monthOf(parts[1]), '1', parts.slice(3));
  parts = yearBehind.exec(text);
  if (parts) return dateOf(parts[9] ?? '1970', monthOf(parts[1]), parts[2], parts.slice(3, 9));
  parts = yearQuarter.exec(text);
  if (parts) return dateOf(parts[1], String(Number(parts[2]) * 3 - 2), '1', []);
  parts = compact.exec(text);
  if (parts && /\D/.test(text.trim())) return compactOf(parts);
  return undefined;
}

/** A year, a sign and the number of a month, mostly with a day and a time behind. */
function numbered(text: string): Moment | undefined {
  const day = yearFirst.exec(text);
  if (day) return dateOf(day[1], day[2], day[3], day.slice(4));
  const month = yearMonth.exec(text);
  return month ? dateOf(month[1], month[2], '1', []) : undefined;
}

function compactOf(parts: Groups): Moment | undefined {
  const [, year, month, day, hours, minutes, seconds, rest, zone] = parts;
  return dateOf(year, month, day, hours === undefined ? [] : [hours, minutes, seconds, rest, undefined, zone]);
}

/** A date of 8, 12 or 14 digits without anything between them, which is a number to look at. */
export function parseDigits(text: string): Moment | undefined {
  const digits = text.trim();
  if (!/^(19|20)\d{6}(\d{4}(\d{2}(\.\d+)?)?)?$/.test(digits)) return undefined;
  const parts = compact.exec(digits.length === 12 ? `${digits}00` : digits);
  return parts === null ? undefined : compactOf(parts);
}

function timed(text: string, order: DateOrder): Moment | undefined {
  if (!text.includes(':')) return undefined;
  let parts: Groups | null = timeOnly.exec(text);
  if (parts) {
    const half = parts[5] === undefined && Number(parts[1]) > 0 && Number(parts[1]) <= 12;
    return { seconds: secondsOfDay(parts.slice(1)), kind: 'time', period: half ? 43_200 : 86_400, zoned: false };
  }
  parts = minutesOnly.exec(text);
  if (parts) {
    const seconds = Number(parts[1]) * 60 + Number(parts[2]) + Number(`0.${parts[3] ?? '0'}`);
    return { seconds, kind: 'time', period: 3600, zoned: false };
  }
  parts = days.exec(text);
  if (parts) {
    const seconds = Number(parts[1]) * 86_400 + secondsOfDay(parts.slice(2));
    return { seconds, kind: 'time', period: Infinity, zoned: false };
  }
  parts = timeFirst.exec(text);
  const date = parts ? dated(parts[6] ?? '', order) : undefined;
  if (parts === null || date?.kind !== 'date') return undefined;
  return { ...date, seconds: date.seconds + secondsOfDay(parts.slice(1)), kind: 'datetime' };
}

function dateOf(year = '', month = '', day = '', time: Groups): Moment | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= 31)) return undefined;
  if (time[0] !== undefined && Number(time[0]) > 24) return undefined;
  const full = year.length > 2 ? y : y + (y < 70 ? 2000 : 1900);
  const midnight = Date.UTC(full, m - 1, d) / 1000;
  return {
    seconds: midnight + secondsOfDay(time) - zoneSeconds(time[5]),
    kind: time[0] === undefined ? 'date' : 'datetime',
    period: Infinity,
    zoned: /^(Z|UTC|GMT|[-+])/i.test(time[5] ?? ''),
  };
}

/** Of hours, minutes, seconds, their fraction, and `a` or `p` for twelve hours before or after noon. */
function secondsOfDay([hours = '0', minutes = '0', seconds = '0', rest = '0', half]: Groups): number {
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  return hour * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${rest}`);
}

function zoneSeconds(text: string | undefined): number {
  if (text === undefined) return 0;
  const parts = /^(?:GMT|UTC)?([-+])(\d{2}):?(\d{2})?$/i.exec(text);
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3] ?? '0') * 60);
}

/** The first letters of the months in English, German, French, Spanish, Italian, Dutch and Portuguese. */
const months = [
  ['jan', 'jän', 'ene', 'gen'],
  ['feb', 'fév', 'fev'],
  ['mar', 'mär', 'mrz', 'maa'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mag', 'mei'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aoû', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'déc', 'dic'],
];

function monthOf(name = ''): string {
  const word = name.toLowerCase();
  const at = months.findIndex((starts) => starts.some((start) => word.startsWith(start)));
  return String(at + 1);
}
