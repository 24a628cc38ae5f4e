/** Seconds per unit. */
const units: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ h: 3600, hr: 3600, hrs: 3600, hour: 3600, hours: 3600, min: 60, mins: 60, minute: 60, minutes: 60 },
    ...{ s: 1, sec: 1, secs: 1, second: 1, seconds: 1, sek: 1, sekunden: 1 },
    ...{ ms: 1e-3, msec: 1e-3, msecs: 1e-3, millis: 1e-3, millisec: 1e-3, millisecond: 1e-3, milliseconds: 1e-3 },
    ...{ us: 1e-6, µs: 1e-6, μs: 1e-6, usec: 1e-6, micros: 1e-6, microsecond: 1e-6, microseconds: 1e-6 },
    ...{ ns: 1e-9, nsec: 1e-9, nanos: 1e-9, nanosecond: 1e-9, nanoseconds: 1e-9 },
  }),
);
/** Only as the unit beside a name: as a word of a name they say something else. */
const dayUnits: ReadonlyMap<string, number> = new Map(
  Object.entries({
    d: 86_400,
    day: 86_400,
    days: 86_400,
    tage: 86_400,
    year: 31_557_600,
    years: 31_557_600,
    jahr: 31_557_600,
    std: 3600,
    sekunde: 1,
    '"': 1,
  }),
);
const clockWords = new Set(
  (
    't time times timestamp timestamps tstamp datetime date dates clock elapsed epoch unix unixtime utc gmt zeit uhrzeit ' +
    'datum zeitstempel temps heure tiempo fecha hora ora data tijd month monat datenum dt year years jahr'
  ).split(' '),
);
/** Units that by themselves name a column of times; `s` or `min` alone may stand for anything. */
const clockUnits = /^(ms|msecs?|sec(ond)?s?|sekunden|milli.*|micro.*|nano.*)$/;
const fillers = new Set(
  (
    'since start begin beginning in of the local relative rel absolute abs system sys device sensor sample sampling ' +
    'recording record day stamp cal formatted iso iso8601 txt text string phone host gaze world frame from zero at ' +
    'measurement hh mm ss yyyy logging lsl ts number serial excel und and'
  ).split(' '),
);
const counterWords =
  /^(unnamed: ?\d+|index|idx|sample|samples|frame|frames|row|rows|id|n|no|nr|num|number|counter|count|#|i|k|)$/i;

export interface ClockName {
  /** Seconds per unit of the column, or `null` if the name tells no unit. */
  readonly secondsPerUnit: number | null;
}

/** Whether a name that holds other words as well speaks of time: `gaze_timestamp`, `Shimmer_AB12_Timestamp_Unix_CAL`. */
export function mentionsTime(name: string): boolean {
  return /time|zeit|\bdate|datum|elapsed|epoch|(^|[^a-z])ts([^a-z]|$)|clock|fecha|tiempo|horodat/i.test(name);
}

/** The unit of time that a name which mentions time holds: `loggingTime_ms`; letters alone only at its end. */
export function unitWithin(name: string): number | null {
  const words = wordsOf(name);
  const word = words.findLast(
    (candidate, at) => units.has(candidate) && (candidate.length > 1 || at === words.length - 1),
  );
  return word === undefined ? null : (units.get(word) ?? null);
}

/** Seconds per unit of time, `null` for what is none. */
export function secondsPer(unit: string): number | null {
  return units.get(unit.trim().toLowerCase()) ?? dayUnits.get(unit.trim().toLowerCase()) ?? null;
}

/**
 * What a column's name says of it being a clock: `t_ms`, `Time (s)`, `elapsedTime`, `unix_timestamp`.
 * @param unit The unit that the file gives beside the name, if any.
 * @returns `null` if the name is not a clock's.
 */
export function clockName(name: string, unit: string | null): ClockName | null {
  const words = wordsOf(name);
  const known = words.every((word) => clockWords.has(word) || units.has(word) || fillers.has(word));
  if (!known || !words.some((word) => clockWords.has(word) || clockUnits.test(word))) return null;
  if (unit !== null && !isTimeUnit(unit)) return null;
  const only = words.length === 1 && /^(years?|jahr)$/.test(words[0] ?? '') ? words[0] : undefined;
  const named = unit ?? only ?? words.findLast((word) => units.has(word));
  return { secondsPerUnit: named === undefined ? null : secondsPer(named) };
}

/** Whether a unit is one of time: anything else beside a column's name says that it is no clock. */
export function isTimeUnit(unit: string): boolean {
  return secondsPer(unit) !== null || /^(unix|epoch|utc|ts|iso.*|hh.*|mm:ss.*|yyyy.*|dd[./-].*)$/i.test(unit.trim());
}

/** Whether a column of this name may count rows. */
export function isCounterName(name: string): boolean {
  return counterWords.test(name.trim());
}

function wordsOf(name: string): string[] {
  const separated = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return separated.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
