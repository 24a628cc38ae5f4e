import type { ColumnRole, DecisionName, Decisions, RowRole } from '../protocol/reading';
import { t } from './messages';
import { formatSignificant } from './numbers';

/** How files are read, in words. */

export function rowRoleText(role: RowRole): string {
  switch (role) {
    case 'passedOver':
      return t('Passed over');
    case 'names':
      return t('Names');
    case 'units':
      return t('Units');
    case 'samples':
      return t('Samples');
  }
}

export function columnRoleText(role: ColumnRole): string {
  switch (role) {
    case 'clock':
      return t('Clock');
    case 'label':
      return t('Label');
    case 'channel':
      return t('Channel');
    case 'series':
      return t('Tells series apart');
    case 'leftOut':
      return t('Left out');
  }
}

/** What a decision is about, as the name of its control. */
export function decisionText(name: DecisionName): string {
  switch (name) {
    case 'delimiter':
      return t('Between cells');
    case 'decimal':
      return t('Decimal sign');
    case 'headerLines':
      return t('Lines above the samples');
    case 'clock':
      return t('Clock');
    case 'clockUnit':
      return t('Unit of the clock');
    case 'rate':
      return t('Fixed rate in Hz');
    case 'label':
      return t('Label');
    case 'series':
      return t('One series is');
    case 'axes':
      return t('Axes of arrays');
    case 'segments':
      return t('Where labels change');
    case 'channels':
      return t('Channels');
    case 'names':
      return t('Names');
    case 'units':
      return t('Units');
  }
}

type Choices = NonNullable<Decisions['delimiter' | 'decimal' | 'clockUnit' | 'series' | 'axes']>;

/** A value that is chosen from a few. */
export function choiceText(value: Choices): string {
  switch (value) {
    case 'comma':
      return t('a comma');
    case 'semicolon':
      return t('a semicolon');
    case 'tab':
      return t('a tab');
    case 'bar':
      return t('a bar |');
    case 'blanks':
      return t('blanks');
    case '.':
      return t('a point');
    case ',':
      return t('a comma');
    case 's':
      return t('seconds');
    case 'ms':
      return t('milliseconds');
    case 'us':
      return t('microseconds');
    case 'ns':
      return t('nanoseconds');
    case 'min':
      return t('minutes');
    case 'h':
      return t('hours');
    case 'days':
      return t('days');
    case 'columns':
      return t('the columns together');
    case 'rows':
      return t('each row');
    case 'auto':
      return t('the longer axis is time');
    case 'time-first':
      return t('rows are time steps');
    case 'channels-first':
      return t('rows are channels');
  }
}

/** Whether a recording is cut where its labels change. */
export function segmentsText(isCut: boolean): string {
  return isCut ? t('a new sequence begins') : t('the sequence goes on');
}

/** What holds for a decision, as after a colon. */
export function decidedText(value: Decisions[DecisionName]): string {
  if (value === null) return t('none');
  if (typeof value === 'boolean') return segmentsText(value);
  if (value === undefined) return '';
  if (typeof value === 'number') return formatSignificant(value, 6);
  if (typeof value === 'string') return value;
  return value.map((each) => each ?? '').join(', ');
}
