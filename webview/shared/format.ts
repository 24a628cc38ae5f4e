import { steps as stepsText } from '../../src/l10n/nouns';
import { formatCount, formatDecimals, formatSignificant } from '../../src/l10n/numbers';
import { t } from './l10n';

export { formatCount } from '../../src/l10n/numbers';

/** Texts for people: numbers, durations and hostile strings, as in the language of the editor. */

/** At most `digits` significant digits, without trailing zeros, as plain as possible: `44.1`, `0.0167`, `2.5e-7`. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4)
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e\+?/, 'e')
      .replace('-', '−');
  return formatSignificant(value, digits).replace('-', '−');
}

/**
 * A text of at most so many characters, cut in the middle: names that are made by a rule often differ at their ends alone.
 *
 * @param most at least 3
 */
export function cutInside(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const front = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, front).join('')}…${characters.slice(front + 1 - most).join('')}`;
}

/** A sampling rate in Hz: `360 Hz`, `44.1 kHz`. */
export function formatRate(hertz: number): string {
  if (hertz >= 1e6) return t('{0} MHz', formatNumber(hertz / 1e6, 4));
  if (hertz >= 1e4) return t('{0} kHz', formatNumber(hertz / 1e3, 4));
  return t('{0} Hz', formatNumber(hertz, 4));
}

/** A length of time: `340 ms`, `12.3 s`, `2 min 5 s`, `1 h 2 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.9995) return t('{0} ms', formatNumber(seconds * 1000));
  if (seconds < 59.95) return t('{0} s', formatNumber(seconds));
  const whole = Math.round(seconds);
  if (whole < 3600) return pair(t('{0} min', Math.floor(whole / 60)), whole % 60 && t('{0} s', whole % 60));
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return pair(t('{0} h', Math.floor(minutes / 60)), minutes % 60 && t('{0} min', minutes % 60));
  const hours = Math.round(seconds / 3600);
  return pair(t('{0} d', formatCount(Math.floor(hours / 24))), hours % 24 && t('{0} h', hours % 24));
}

function pair(large: string, small: string | 0): string {
  return small === 0 ? large : `${large} ${small}`;
}

/** How long a sequence is: its duration if the rate (Hz) is known, else its time steps. */
export function formatLength(steps: number, rate: number | null): string {
  return rate === null || rate <= 0 ? stepsText(steps) : formatDuration(steps / rate);
}

/**
 * One way of writing all distances of a list, so that their points align: as many decimals as show three
 * significant digits of the nearest match that is not at distance 0.
 */
export function distanceFormat(distances: readonly number[]): (distance: number) => string {
  const nearest = distances.find((distance) => distance > 0) ?? 1;
  const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(nearest))));
  return (distance) =>
    distance > 0 && distance < 0.5 * 10 ** -decimals
      ? `<${formatDecimals(10 ** -decimals, decimals)}`
      : formatDecimals(distance, decimals);
}

/** A share of 1 in per cent that never rounds up to all: `38 %`, `<1 %`, `99 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent < 1) return t('<{0} %', 1);
  return t('{0} %', percent < 100 ? Math.min(99, Math.round(percent)) : 100);
}

// Bidirectional overrides and isolates, zero-width and line-separating characters can make a name look like another.
const invisible = /[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
// eslint-disable-next-line no-control-regex -- Control characters are what this is about.
const controls = /[\u0000-\u001f\u007f]/gu;

/** A string from a file with every control or invisible character made visible. */
export function printable(text: string): string {
  return text
    .replace(controls, (character) => {
      const code = character.charCodeAt(0);
      return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
    })
    .replace(invisible, '\ufffd');
}

/** What is said of an error: a message of the host is written for the user. */
export function messageOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}

/** A path with forward slashes in two parts: the folder (with its closing slash, or empty) and the file's name. */
export function splitPath(file: string): { readonly folder: string; readonly name: string } {
  const cut = file.lastIndexOf('/') + 1;
  return { folder: file.slice(0, cut), name: file.slice(cut) };
}
