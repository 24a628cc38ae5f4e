import { entry } from '../../entry';
/** A sampling rate in Hz that a text states, with its own words for it. */
export interface StatedRate {
  readonly rate: number;
  readonly words: string;
}

const number = String.raw`([-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?)`;
const between = String.raw`["'\]\s]*(?:\[|\(|in\s)?\s*([A-Za-zµμ/]*)?[\])"']*\s*["']?[:=,;|\t ]*["']?\s*["'[]?\s*`;
const rateWords = String.raw`(?:sampl\w*|frame|acquisition|scan|data|update|record\w*|output|abtast\w*|mess\w*|nominal|effective|ad|log\w*)?[ _-]*(?:s?rate|freq(?:uency|uence|uenz)?|frequenz|samplerate|fr[ée]quence|fs|sps|odr)`;
const stepWords = String.raw`(?:sampl\w*|time|x|frame|scan|record\w*|log\w*|epoch|mess\w*|abtast\w*|acquisition|horizontal)?[ _-]*(?:interval|intervall|period|periode|increment|step|schritt|delta[ _-]?[tx]?|dt|resolution)`;
const byRate = new RegExp(
  String.raw`(?:^|[^\p{L}])(${rateWords})${between}${number}\s*(k?m?hz|khz|mhz|s\/s|ks\/s|sps|fps|samples?\/s\w*|samples? per second|1\/s)?`,
  'iu',
);
const byStep = new RegExp(
  String.raw`(?:^|[^\p{L}])(${stepWords})${between}${number}\s*(seconds?|secs?|s|msecs?|milliseconds?|ms|µs|μs|us|microseconds?|ns|min|minutes?|h|hours?)?(?![\p{L}:\d])`,
  'iu',
);
const byClock = new RegExp(
  String.raw`(?:^|[^\p{L}])(${stepWords})[^\d\n]*?(?:\(hh:mm:ss\))?[\s:=,;]*(\d{1,2}):(\d{2}):(\d{2})(?!\d)`,
  'iu',
);
const bare = new RegExp(
  String.raw`(?:^|\s)(?:at|@|mit|à)\s*${number}\s*(k?m?hz|s\/s|sps|fps|samples?\/s\w*|samples? per second)`,
  'iu',
);
const filters = /filter|notch|cut-?off|pass|bandwidth|mains|line freq/i;

/** Seconds per unit of an interval. */
const steps: ReadonlyMap<string, number> = new Map(
  Object.entries({ s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9, min: 60, h: 3600 }),
);

/**
 * The sampling rate that lines beside a table state: `Sample Rate = 250 Hz`, `"sampling rate": 1000`, `at 30 Hz`,
 * `Sample Interval,1e-05`, `Epoch Period (hh:mm:ss) 00:00:10`.
 * @returns `null` if they state none, or several that differ
 */
export function statedRate(lines: readonly string[]): StatedRate | null {
  const found = lines
    .slice(0, 500)
    .flatMap((line) => (filters.test(line) ? [] : possible(rateIn(line.slice(0, 2000)))));
  const plain = filters.test(lines[0] ?? '') && found.length === 0 ? possible(bareRate(lines[0] ?? '')) : [];
  const [first, ...others] = [...plain, ...found];
  if (first === undefined) return null;
  return others.every(({ rate }) => Math.abs(rate - first.rate) <= first.rate * 0.01) ? first : null;
}

function possible(stated: StatedRate | null): StatedRate[] {
  return stated !== null && stated.rate > 0 && Number.isFinite(stated.rate) ? [stated] : [];
}

function rateIn(line: string): StatedRate | null {
  const rate = byRate.exec(line);
  if (rate !== null) {
    const unit = (rate[4] ?? rate[2] ?? '').toLowerCase();
    return stated(Number(entry(rate, 3).replace(',', '.')) * scaleOf(unit), rate[0]);
  }
  const clock = byClock.exec(line);
  if (clock !== null) {
    const seconds = Number(clock[2]) * 3600 + Number(clock[3]) * 60 + Number(clock[4]);
    return seconds > 0 ? stated(1 / seconds, clock[0]) : bareRate(line);
  }
  const step = byStep.exec(line);
  if (step !== null) {
    const seconds = Number(entry(step, 3).replace(',', '.')) * stepOf((step[4] ?? step[2] ?? '').toLowerCase());
    return stated(1 / seconds, step[0]);
  }
  return bareRate(line);
}

function bareRate(line: string): StatedRate | null {
  const rate = bare.exec(line);
  return rate === null
    ? null
    : stated(Number(entry(rate, 1).replace(',', '.')) * scaleOf((rate[2] ?? '').toLowerCase()), rate[0]);
}

function stated(rate: number, words: string): StatedRate {
  return {
    rate: Number(rate.toPrecision(6)),
    words: words
      .replace(/^[^\p{L}@]+/u, '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 60),
  };
}

function scaleOf(unit: string): number {
  if (unit.startsWith('k')) return 1e3;
  return unit === 'mhz' ? 1e6 : 1;
}

function stepOf(unit: string): number {
  if (unit === '') return 1;
  const short = unit.startsWith('mill') || unit.startsWith('ms') ? 'ms' : unit.startsWith('mic') ? 'us' : unit;
  const known = steps.get(short);
  if (known !== undefined) return known;
  return unit.startsWith('sec') ? 1 : unit.startsWith('min') ? 60 : unit.startsWith('h') ? 3600 : 1;
}

/** Names of columns that a line of JSON lists, as many as the table has columns. */
export function listedNames(lines: readonly string[], width: number): readonly string[] | null {
  for (const line of lines) {
    for (const list of line.slice(0, 20_000).matchAll(/\[((?:\s*"[^"]{0,80}"\s*,?)+)\]/g)) {
      const names = Array.from((list[1] ?? '').matchAll(/"([^"]*)"/g), (name) => name[1] ?? '');
      if (names.length === width && width > 1) return names;
    }
  }
  return null;
}
