import type {
  LabelSetSummary,
  LabelSource,
  LabelWarning,
  LeftOutReason,
  PlanAnswer,
  SourceProblem,
} from '../protocol/labels';
import { t } from './messages';
import { channels, sequences } from './nouns';
import { formatCount } from './numbers';

/** What a user should know before training on a set, in a sentence. */
export function warningText(warning: LabelWarning): string {
  switch (warning.kind) {
    case 'maybeNames':
      return t(
        'There are {0} labels for {1} sequences. With this many, they may be names instead of labels.',
        formatCount(warning.labels),
        formatCount(warning.sequences),
      );
    case 'nothingToHoldOut':
      return t('No label has three sequences. At least three are needed to hold one out and measure the gain.');
  }
}

/** Why a number of sequences are not used, without a full stop: examples may follow. */
export function leftOutText(reason: LeftOutReason, count: number): string {
  const which = sequences(count);
  switch (reason) {
    case 'conflict':
      return t('Left out: {0}, because two lines of labels.csv give different labels', which);
    case 'copies':
      return t('Left out: {0}, because copies have other labels', which);
    case 'single':
      return t('Left out: {0}, because no other sequence with the same channels has the label', which);
    case 'alike':
      return t('Left out: {0}, because all sequences with these channels have the same label', which);
  }
}

/** Why a source of labels cannot be used, in a sentence. */
export function sourceProblemText(problem: SourceProblem): string {
  switch (problem.kind) {
    case 'noneInside':
      return t('No recording of this workspace has a label inside its file.');
    case 'noLabelsFile':
      return t('No labels.csv gives a label to a recording of this workspace.');
    case 'noFolders':
      return t('The recordings are not in folders of their own.');
    case 'noPattern':
      return t('No part of the file names looks like a label.');
    case 'noMatch':
      return t('The pattern matches no file name.');
    case 'nothingToHoldOut':
      return t('No label has three sequences. At least three are needed to hold one out and measure the gain.');
    case 'noTwoLabels':
      return t('At least two labels are needed, each on several sequences with the same channels.');
    case 'patternTooLong':
      return t('The pattern is too long.');
    case 'patternTooSlow':
      return t('The pattern takes too long on these file names. It may contain a repetition inside a repetition.');
    case 'patternInvalid':
      return t('The pattern is no regular expression ({0}).', problem.reason);
  }
}

/** Why no fine-tuning was planned, in a sentence. */
export function refusalText(problem: NonNullable<PlanAnswer['problem']>): string {
  switch (problem) {
    case 'changed':
      return t('The labels have changed since they were counted. Look at them again, then start.');
    case 'nothingToHoldOut':
      return t(
        'Nothing can be held out to measure the gain. A label needs at least three sequences, from more than one group.',
      );
  }
}

/** Where labels came from, as after "by". */
export function sourceText(source: LabelSource): string {
  switch (source.kind) {
    case 'inside':
      return t('labels inside the files');
    case 'labelsFile':
      return 'labels.csv';
    case 'folder':
      return t('names of folders');
    case 'fileName':
      return t('file names with {0}', source.pattern);
  }
}

/** The channels of a set: the names of the first, or how many there are. */
export function channelsText({ count, names }: LabelSetSummary['channels']): string {
  if (names === null) return channels(count);
  const shown = names.join(', ');
  return count > names.length ? t('{0} and {1} more', shown, formatCount(count - names.length)) : shown;
}
