import type { Copy, Fault } from '../protocol/checks';
import { t } from './messages';
import { timeSteps } from './nouns';
import { formatCount, formatSignificant } from './numbers';

/** What checks found, in sentences: a page and a report say the same. */

/** Names of channels in order, `null` where a file gives none. They come from files. */
type Channels = readonly (string | null)[];

/** How a recording is a copy of the one to keep. */
export function copyText({ kind, amount, channel }: Copy, channels: Channels): string {
  switch (kind) {
    case 'bytes':
      return t('The same file, byte for byte.');
    case 'values':
      return t('The same values.');
    case 'shifted':
      return shiftedText(amount);
    case 'cut':
      return t('One is cut from the other, at time step {0}.', formatCount((amount ?? 0) + 1));
    case 'rescaled':
      return ofChannel(channel, channels, rescaledText(amount));
    case 'inverted':
      return ofChannel(channel, channels, t('The values are inverted.'));
    case 'resampled':
      return t('The same course in {0} times as many time steps.', factor(amount));
    case 'noisy':
      return t('The same with noise of {0} of the spread.', share(amount));
    case 'alike':
      return t('Alike, but the values are others.');
  }
}

function shiftedText(amount: number | null): string {
  if (amount === null || amount === 0) return t('The same, but it begins and ends elsewhere.');
  const moved = timeSteps(Math.abs(amount));
  return amount > 0 ? t('The same, but it begins {0} later.', moved) : t('The same, but it begins {0} earlier.', moved);
}

function rescaledText(amount: number | null): string {
  return amount === null || amount === 1
    ? t('The same values, moved by a constant.')
    : t('The same values times {0}.', factor(amount));
}

/** What is wrong with a recording, beside the others. */
export function faultText({ kind, amount, channel, other }: Fault, channels: Channels): string {
  switch (kind) {
    case 'flat':
      return ofChannel(channel, channels, t('The values do not change for {0} of the time.', share(amount)));
    case 'clipped':
      return ofChannel(channel, channels, t('{0} of the values are cut off at a limit.', share(amount)));
    case 'spikes':
      return ofChannel(channel, channels, spikesText(amount));
    case 'unit':
      return ofChannel(channel, channels, unitText(amount));
    case 'swapped':
      return t('{0} and {1} seem to be swapped.', nameOf(channel, channels), nameOf(other, channels));
    case 'dropped':
      return ofChannel(channel, channels, t('Samples were dropped: {0} of the time steps are missing.', share(amount)));
    case 'hum':
      return ofChannel(channel, channels, t('It hums at {0} Hz, as the mains do.', factor(amount)));
    case 'level':
      return ofChannel(channel, channels, levelText(amount));
    case 'noise':
      return ofChannel(channel, channels, t('It has {0} times as much noise as the others.', factor(amount)));
  }
}

function spikesText(amount: number | null): string {
  return amount === 1
    ? t('It has a spike that the others have not.')
    : t('It has {0} spikes that the others have not.', formatCount(amount ?? 0));
}

function unitText(amount: number | null): string {
  return amount !== null && amount < 1
    ? t('The values of the others are about {0} times as large: is it in another unit?', factor(1 / amount))
    : t('The values are about {0} times those of the others: is it in another unit?', factor(amount));
}

function levelText(amount: number | null): string {
  const size = factor(Math.abs(amount ?? 0));
  return (amount ?? 0) < 0
    ? t('It is lower than the others, by {0} times their spread.', size)
    : t('It is higher than the others, by {0} times their spread.', size);
}

/** Why a sequence is an outlier. @param factor its local outlier factor */
export function outlierText(outlierFactor: number): string {
  return t(
    'It is {0} times as far from its nearest as they are from theirs.',
    formatSignificant(outlierFactor, outlierFactor < 10 ? 2 : 3),
  );
}

/** Why a label is doubtful. Labels come from files. */
export function doubtText(
  given: string,
  row: { readonly suggested: string; readonly confidence: number; readonly given: number },
): string {
  return t(
    'Its nearest speak for {0} ({1}) rather than for {2} ({3}).',
    ...[row.suggested, share(row.confidence), given, share(row.given)],
  );
}

function factor(amount: number | null): string {
  const value = amount ?? 0;
  return formatSignificant(value, Math.abs(value) < 10 ? 2 : 3);
}

function share(amount: number | null): string {
  const percent = 100 * (amount ?? 0);
  return percent > 0 && percent < 1 ? t('<{0} %', 1) : t('{0} %', formatSignificant(percent, 2));
}

/** A sentence about one of several channels names it. */
function ofChannel(channel: number | null, channels: Channels, text: string): string {
  return channel === null || channels.length < 2 ? text : t('{0}: {1}', nameOf(channel, channels), text);
}

function nameOf(channel: number | null, channels: Channels): string {
  const name = channels[channel ?? 0] ?? null;
  return name === null || name === '' ? t('Channel {0}', (channel ?? 0) + 1) : name;
}
