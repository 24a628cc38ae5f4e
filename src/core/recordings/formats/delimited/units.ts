import { isTimeUnit } from '../../clock/names';

/** Symbols of units, without prefixes. */
const symbols =
  'm g s a v w k n j c f h t l hz pa bar ohm Ω rad deg grad ° mol lx lm cd sr bq gy sv kat db dbm dba dbv b bit byte bytes ' +
  'bpm rpm % ‰ ppm ppb ppt pct px pixel pixels cnt cnts count counts raw adc adu lsb au a.u. arb n/a unitless - -- 1 ' +
  'volt volts ampere amps amp watt watts newton kelvin celsius fahrenheit °c °f degc degf deg_c degrees degree lux ' +
  'mmhg cmh2o hpa mbar inhg psi knots kn mph kmh kph ft in inch mi nm yd lb lbs oz gal hp min sec hour hr std ms us ns d day days ' +
  'siemens tesla gauss meter meters metre metres mm cm km kg mg ul ml wh kwh mwh ah mah va var vah kcal cal ev sec. sek g0 ' +
  'm/s m/s2 m/s² m/s^2 m/(s^2) ms-2 m.s-2 deg/s dps °/s rad/s km/h w/m2 w/m² w/m^2 1/min 1/s /min s-1 µs uS μs µm/m um/m pH ph psu ntu mg/l µg/m3 ug/m3 degt degm';
const known = new Set(symbols.toLowerCase().split(' '));
const prefixed =
  /^(da|[yzafpnuµμmcdhkMGTPEZY])(m|g|s|a|v|w|n|j|c|f|h|t|l|hz|pa|bar|ohm|Ω|rad|mol|wh|eq|siemens|volts?|gauss)$/i;

/** Whether a text stands for a unit: `mV`, `(ms)`, `[m/s^2]`, `°C`, `deg/s`. */
export function isUnitText(text: string): boolean {
  const word = withoutBrackets(text);
  if (word === '' || word.length > 24) return false;
  if (known.has(word.toLowerCase()) || prefixed.test(word) || isTimeUnit(word)) return true;
  const parts = word.split(/[/*·.^()\s²³]+/).filter((part) => part !== '' && !/^-?\d+$/.test(part));
  return (
    /[/*·^²³]/.test(word) &&
    parts.length > 0 &&
    parts.every((part) => known.has(part.toLowerCase()) || prefixed.test(part))
  );
}

export function withoutBrackets(text: string): string {
  const whole = text.trim();
  return (/^[[({<](.*)[\])}>]$/.exec(whole)?.[1] ?? whole).trim();
}
