import { clockName } from '../../clock/names';
import type { ArrayMember } from './members';

/** Words that count or measure the rate of samples. */
const rateNames =
  /^(?:(?:sampling|sample|samp|frame)?_?(?:rate|freq|frequency)|fs|sr|sfreq|srate|samplerate|hz|fps)(?:_?hz)?$/i;

/** Words for the time between two samples, in seconds unless the ending says otherwise. */
const intervalNames = /^(?:dt|delta_?t|(?:sampling|sample)_?(?:interval|period))(?:_(s|ms|us))?$/i;
const secondsPer: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6 };

/** `y`, `labels`, `y_train`, `target-test`: the second part must then be that of the array that is labelled. */
const labelNames = /^(?:labels?|y|targets?|class(?:es)?|activity|activities)(?:[_-](.+))?$/i;

const channelNames =
  /^(?:ch|channels?|columns?|cols|leads?|sensors?|signals?|features?|variables?|names?|labels)(?:_?(?:names?|labels?))?$/i;

const unitNames = /^(?:units?|(?:channel|ch|signal)_?units?)$/i;

/** Names of times beyond those of a column in a table. */
const timeNames = /^(?:ts|times|tvec|t_?axis|(?:time|t)_?(?:axis|vec|vector|points?))$/i;

/** What an array that gives the rate gives: hertz itself, or the time between samples. */
export interface RateRole {
  /** @param value the number in the file @returns Hz */
  readonly rateOf: (value: number) => number;
}

/** What the name of a single number makes of it, `null` unless it is a rate. */
export function rateRole(name: string): RateRole | null {
  if (rateNames.test(name)) return { rateOf: (value) => value };
  const interval = intervalNames.exec(name);
  if (interval === null) return null;
  const unit = secondsPer[interval[1]?.toLowerCase() ?? 's'] ?? 1;
  return { rateOf: (value) => 1 / (value * unit) };
}

export function isLabelName(name: string): boolean {
  return labelNames.test(name);
}

/** Whether an array holds text that may name channels. */
export function mayNameChannels({ name, header }: ArrayMember): boolean {
  return header.element.text !== null && channelNames.test(name);
}

/** Whether an array holds text that may be units. */
export function mayBeUnits({ name, header }: ArrayMember): boolean {
  return header.element.text !== null && unitNames.test(name);
}

/**
 * Whether an array may hold the times of samples, by its type or its name.
 * @returns seconds per unit, NaN if that is not known, or `null` if it is no clock
 */
export function timeUnit({ name, told, header: { element } }: ArrayMember): number | null {
  const [part] = element.parts;
  if (element.isRecord || part === undefined || element.parts.length !== 1) return null;
  if (part.isDate) return part.seconds;
  // The Italian word for a date is what arrays of samples are called most often.
  if (/^data$/i.test(name)) return null;
  const clock = timeNames.test(name) ? { secondsPerUnit: null } : clockName(name, told?.unit ?? null);
  return clock === null ? null : (clock.secondsPerUnit ?? NaN);
}

/** The part of a set that a name speaks of: `train` of `X_train`; empty if it speaks of none. */
export function endingOf(name: string): string {
  const label = labelNames.exec(name);
  const ending = label === null ? /[_-](train|test|val|valid|validation|dev)$/i.exec(name)?.[1] : label[1];
  return ending?.toLowerCase() ?? '';
}
