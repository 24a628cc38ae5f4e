const timeOfDay = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const zone = String.raw`\s*(Z|UTC|GMT|[-+]\d{2}:?\d{2})?`;
const yearFirst = new RegExp(
  String.raw`^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s_]+${timeOfDay}${zone})?\s*$`,
  'i',
);
const dayFirst = new RegExp(String.raw`^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[T\s]+${timeOfDay}${zone})?\s*$`, 'i');
const timeOnly = new RegExp(String.raw`^\s*${timeOfDay}\s*$`);

/**
 * The time that a text names: ISO 8601 and its common variants, `31.12.2024 23:59:59,5`, `23:59:59.5`.
 * @returns seconds, or `undefined` for any other text. `12/31/2024` is not read: nobody knows which is the month.
 */
export function parseDate(text: string): number | undefined {
  // Cheap and sure: nothing that is a date lacks one of these.
  if (text.length > 48 || !/[-/.:]/.test(text)) return undefined;
  const iso = yearFirst.exec(text);
  if (iso) return secondsOf(iso[1]!, iso[2]!, iso[3]!, iso.slice(4));
  const german = dayFirst.exec(text);
  if (german) return secondsOf(german[3]!, german[2]!, german[1]!, german.slice(4));
  const time = timeOnly.exec(text);
  return time ? secondsOfDay(time.slice(1)) : undefined;
}

type Groups = readonly (string | undefined)[];

function secondsOf(year: string, month: string, day: string, time: Groups): number | undefined {
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000;
  if (Number(month) > 12 || Number(month) < 1 || Number(day) > 31 || Number(day) < 1) return undefined;
  return midnight + secondsOfDay(time) - zoneSeconds(time[4]);
}

function secondsOfDay([hours = '0', minutes = '0', seconds = '0', fraction = '0']: Groups): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`);
}

function zoneSeconds(text: string | undefined): number {
  const parts = /^([-+])(\d{2}):?(\d{2})$/.exec(text ?? '');
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3]) * 60);
}
