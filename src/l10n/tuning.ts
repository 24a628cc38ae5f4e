import type { TuningReport } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import type { ProcessEnd, TuningProblem, TuningStage } from '../protocol/tuningProblem';
import { t } from './messages';
import { heldOutSequences, timeSteps } from './nouns';
import { formatCount, formatDecimals } from './numbers';

/** What a fine-tuning is doing, without a full stop. */
export function stageText(stage: TuningStage): string {
  switch (stage) {
    case 'starting':
      return t('Starting');
    case 'reading':
      return t('Reading the recordings');
    case 'rankingBefore':
      return t('Measuring how the encoder ranks now');
    case 'measuringPace':
      return t('Finding out how fast this machine trains');
    case 'training':
      return t('Training');
    case 'choosing':
      return t('Choosing between the old and the new weights');
    case 'measuringGain':
      return t('Measuring the gain on held-out sequences');
  }
}

/** Why a fine-tuning stopped, and what to do, in complete sentences. */
export function problemText(problem: TuningProblem): string {
  switch (problem.kind) {
    case 'diskFull':
      return t('The disk is full. What is trained so far is kept: free some space, then resume.');
    case 'notWritable':
      return t('Kindred may not write in the folder of this training. Allow writing there, then resume.');
    case 'outOfMemory':
      return t('Memory ran out. What is trained so far is kept: close other programs, then resume.');
    case 'otherWindow':
      return t('Another window is fine-tuning in this workspace. Wait for it, or stop it there.');
    case 'planDamaged':
      return t('The plan of this fine-tuning is damaged or missing. Discard it and start again.');
    case 'reportDamaged':
      return t('The report of the fine-tuning is damaged. Discard it and start again.');
    case 'encoderChanged':
      return t('The encoder that this fine-tuning started from has changed. Discard it and start again.');
    case 'tooLarge':
      return t(
        'These recordings do not fit into memory together. Choose fewer of the sets, or label fewer recordings.',
      );
    case 'nothingToMeasure':
      return t('No held-out sequence has a training sequence with the same label. Label more sequences.');
    case 'unexpected':
      return t('An unexpected error stopped the fine-tuning; the log tells more. What is trained so far is kept.');
    case 'ended':
      return t(
        'The fine-tuning stopped unexpectedly {0} times in a row (the last time, {1}). What is trained so far is kept.',
        formatCount(problem.times),
        endText(problem.last),
      );
    case 'other':
      return problem.reason;
  }
}

function endText(end: ProcessEnd): string {
  switch (end.kind) {
    case 'code':
      return t('it exited with code {0}', end.code ?? '?');
    case 'signal':
      return t('it was ended by {0}', end.signal);
    case 'notStarted':
      return t('it could not be started: {0}', end.reason);
  }
}

/** What the figures of a report mean, in sentences. */
export function summaryText({ verdict, queries, recallAt1, meanAveragePrecision }: TuningReport): string {
  const figures = [recallAt1, meanAveragePrecision].flatMap(({ before, after }) => [before.value, after.value]);
  const measured = t(
    'On {0}, recall@1 is {1} before, {2} after; mAP is {3} before, {4} after.',
    heldOutSequences(queries),
    ...figures.map((value) => formatDecimals(value, 3)),
  );
  switch (verdict) {
    case 'better':
      return t('The fine-tuned encoder ranks better. {0}', measured);
    case 'perhaps':
      return t(
        'The fine-tuned encoder seems to rank better. But only a few sequences were held out, so the gain may be chance. {0}',
        measured,
      );
    case 'notBetter':
      return t('The fine-tuned encoder does not rank better: discard it. {0}', measured);
    case 'nothingToGain':
      return t('There is nothing to gain: every first match was right before. Keep the encoder in use. {0}', measured);
  }
}

/** A note of a report as a sentence. */
export function noteText(note: TuningNote): string {
  switch (note.kind) {
    case 'split':
      return splitText(note);
    case 'unreadable':
      return note.sequences === 1
        ? t('1 sequence could not be read any more and was not used.')
        : t('{0} sequences could not be read any more and were not used.', formatCount(note.sequences));
    case 'copies':
      return note.sequences === 1
        ? t('1 sequence was not used, because it is an exact copy of a training sequence.')
        : t(
            '{0} sequences were not used, because they are exact copies of training sequences.',
            formatCount(note.sequences),
          );
    case 'cropped':
      return note.sequences === 1
        ? t('Of 1 sequence only the middle {0} were used.', timeSteps(note.timeSteps))
        : t('Of {0} sequences only the middle {1} were used.', formatCount(note.sequences), timeSteps(note.timeSteps));
    case 'deciding':
      return note.same
        ? t(
            'The weights were chosen with these same held-out sequences, so the figures after training are slightly too good.',
          )
        : t('The weights were chosen with other held-out sequences, so these figures are not biased by that choice.');
    case 'startKept':
      return t('No new weights ranked the held-out sequences better than the old ones, so the old ones were kept.');
    case 'blended':
      return t(
        'The weights that were kept are a mixture: {0} of the way from the old weights to the new ones.',
        percent(note.share),
      );
    case 'stoppedEarly':
      return t(
        'The training stopped after step {0}, because nothing had improved since step {1}.',
        formatCount(note.step),
        formatCount(note.best),
      );
    case 'unstable':
      return t(
        'After step {0} the loss was not a number any more. The best weights from before that step were kept.',
        formatCount(note.step),
      );
  }
}

function splitText(note: Extract<TuningNote, { kind: 'split' }>): string {
  const set = note.set === '' ? t('All recordings') : note.set;
  const counts = [note.heldOut, note.sequences, note.heldLabels, note.labels].map(formatCount);
  return note.groups === 0
    ? t('{0}: {1} of {2} sequences are held out and never trained on (of {3} of {4} labels).', set, ...counts)
    : t(
        '{0}: {1} of {2} sequences are held out and never trained on (of {3} of {4} labels, in {5} of {6} groups, which are kept whole).',
        set,
        ...counts,
        formatCount(note.heldGroups),
        formatCount(note.groups),
      );
}

/** A share of 1 in whole per cent: `42 %`. */
export function percent(share: number): string {
  return t('{0} %', formatCount(100 * share));
}
