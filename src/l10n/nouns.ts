import { t } from './messages';
import { formatCount, formatSignificant } from './numbers';

/** Counted things. Languages differ in their plurals, so each is a message of its own. */

export function files(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', formatCount(count));
}

/** Files of which a reader is not sure. */
export function filesToCheck(count: number): string {
  return count === 1 ? t('1 file: check how it is read') : t('{0} files: check how they are read', formatCount(count));
}

/** Files and sequences that could not be used, of which there are some. */
export function skippedThings(ofFiles: number, ofSequences: number): string {
  if (ofSequences === 0) return t('{0} skipped', files(ofFiles));
  if (ofFiles === 0) return t('{0} skipped', sequences(ofSequences));
  return t('{0} and {1} skipped', files(ofFiles), sequences(ofSequences));
}

export function sequences(count: number): string {
  return count === 1 ? t('1 sequence') : t('{0} sequences', formatCount(count));
}

export function recordings(count: number): string {
  return count === 1 ? t('1 recording') : t('{0} recordings', formatCount(count));
}

/** Recordings that are copies of one another. */
export function clusters(count: number): string {
  return count === 1 ? t('1 cluster') : t('{0} clusters', formatCount(count));
}

/** Recordings that are alike. */
export function groups(count: number): string {
  return count === 1 ? t('1 group') : t('{0} groups', formatCount(count));
}

/** Parts of recordings. */
export function parts(count: number): string {
  return count === 1 ? t('1 part') : t('{0} parts', formatCount(count));
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

export function labels(count: number): string {
  return count === 1 ? t('1 label') : t('{0} labels', formatCount(count));
}

export function heldOutSequences(count: number): string {
  return count === 1 ? t('1 held-out sequence') : t('{0} held-out sequences', formatCount(count));
}

export function threads(count: number): string {
  return count === 1 ? t('1 thread') : t('{0} threads', formatCount(count));
}

/** Not always a whole number. */
export function minutes(count: number): string {
  return count === 1 ? t('1 minute') : t('{0} minutes', formatSignificant(count, 4));
}
