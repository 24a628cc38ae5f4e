import { t } from './messages';
import { formatCount } from './numbers';

/** Counted things. Languages differ in their plurals, so each is a message of its own. */

export function files(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', formatCount(count));
}

export function sequences(count: number): string {
  return count === 1 ? t('1 sequence') : t('{0} sequences', formatCount(count));
}

export function channels(count: number): string {
  return count === 1 ? t('1 channel') : t('{0} channels', formatCount(count));
}

export function steps(count: number): string {
  return count === 1 ? t('1 step') : t('{0} steps', formatCount(count));
}

export function timeSteps(count: number): string {
  return count === 1 ? t('1 time step') : t('{0} time steps', formatCount(count));
}
