import { entry } from '../../entry';
import { isCounterName } from '../../clock/names';
import { isUnitText, withoutBrackets } from './units';

export interface ColumnName {
  readonly name: string | null;
  readonly unit: string | null;
}

/** Words in round brackets that say more of a name rather than its unit, `acc (left)`. */
const unitWords =
  /^(deg|degrees?|rad|bpm|bar|mbar|sec|seconds?|msec|min|rpm|ohm|mol|lux|px|pixels?|volts?|counts?|raw|adu|pct|percent|dba?|mmhg|unix|epoch)$/i;

/** Takes `acc_x [m/s^2]`, `ecg (mV)`, `t / ms`, `Force, N` apart. @param below The cell of a row of units, which goes before. */
export function columnName(text: string, below: string): ColumnName {
  const whole = text.slice(0, 400).trim().replace(/\s+/g, ' ');
  const square = /^(.*?)\s*\[([^[\]]*)\]$/.exec(whole);
  const round = /^(.*?)\s*\(((?:[^()]|\([^()]*\))*)\)$/.exec(whole);
  const slash = /^(.*?)\s*\/\s*([\p{L}µ°%]{1,3})$/u.exec(whole) ?? /^(.*?)\s+(?:in|\/)\s+(\S{1,12})$/.exec(whole);
  const comma = /^(.*?),\s*(\S{1,12})$/.exec(whole);
  const parts =
    square ??
    (round && isUnit(entry(round, 2)) ? round : null) ??
    (slash && (isCounterOrTime(entry(slash, 1)) || (/\s/.test(whole) && isUnitText(entry(slash, 2)))) ? slash : null) ??
    (comma && isUnitText(entry(comma, 2)) && comma[1] !== '' ? comma : null);
  const name = (parts?.[1] ?? whole).trim();
  const unit = withoutBrackets(below) || (parts?.[2] ?? '').trim();
  return { name: name === '' ? null : name.slice(0, 200), unit: unit === '' ? null : unit.slice(0, 40) };
}

function isUnit(text: string): boolean {
  return !/^[a-z]{3,}$/i.test(text.trim()) || unitWords.test(text.trim()) || isUnitText(text);
}

function isCounterOrTime(name: string): boolean {
  return /^(t|time|zeit)$/i.test(name) || isCounterName(name);
}
