let language = 'en';

/** From now on numbers are written as in the language of this BCP 47 tag; one that is not known stands for English. */
export function useLanguage(tag: string): void {
  const wellFormed = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag);
  language = wellFormed && Intl.NumberFormat.supportedLocalesOf(tag).length > 0 ? tag : 'en';
}

/** A whole number with its thousands set apart: `12,345`. */
export function formatCount(value: number): string {
  return formatOf({ maximumFractionDigits: 0 }).format(value);
}

/** A number with exactly `decimals` decimals, its thousands not set apart. */
export function formatDecimals(value: number, decimals: number): string {
  return formatOf({
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: false,
  }).format(value);
}

/** A number with at most `digits` significant digits and without trailing zeros; thousands are set apart from 10,000 on. */
export function formatSignificant(value: number, digits: number): string {
  return formatOf({ maximumSignificantDigits: digits, useGrouping: Math.abs(value) >= 1e4 }).format(value);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes far longer than using it. */
function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language, options);
  formats.set(key, made);
  return made;
}
