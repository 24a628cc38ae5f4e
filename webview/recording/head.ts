import type { FromRecordingPage } from '../../src/protocol/recordingPage';
import type { RecordingView } from '../../src/protocol/recordings';
import { timeSteps } from '../../src/l10n/nouns';
import { iconButton, iconOf, linkButton, textButton } from '../shared/controls';
import { channelsText, doubtText, notesOf } from '../shared/describe';
import { element, isolated } from '../shared/dom';
import { formatLength, formatRate, printable } from '../shared/format';
import { formatName } from '../shared/formatName';
import { t } from '../shared/l10n';
import { labelBadge, recordingName } from '../shared/recordingName';

type Act = Extract<FromRecordingPage['type'], 'findSimilar' | 'setLabel' | 'next' | 'previous' | 'showReading'>;

/** What is known of the recording, and what can be done with it. */
export function headOf(view: RecordingView, act: (what: Act) => void): readonly HTMLElement[] {
  const { summary, group, problem } = view;
  const [file, ...others] = recordingName(summary);
  const label = summary.label === null ? null : labelBadge(summary.label, false);
  const of =
    group === null ? null : element('span', { class: 'group' }, `${t('Group')}: `, isolated('', printable(group)));
  const showReading = (): void => {
    act('showReading');
  };
  return [
    element(
      'header',
      { class: 'recording-head' },
      element('h1', { class: 'name' }, file, ...others, label, of),
      actions(problem === null, act),
    ),
    factsOf(view, showReading),
    ...(problem === null ? [] : [note('warning', t('Skipped, because {0}.', printable(problem)))]),
    ...doubtsOf(view, showReading),
    ...notesOf(summary).map((text) => note('info', text)),
  ];
}

function actions(usable: boolean, act: (what: Act) => void): HTMLElement {
  const step = (what: 'next' | 'previous', label: string, key: string): HTMLElement =>
    iconButton(what === 'next' ? 'forward' : 'back', label, key, () => {
      act(what);
    });
  const button = (what: 'findSimilar' | 'setLabel', text: string, key: string): HTMLElement => {
    const made = textButton(what === 'findSimilar' ? 'primary' : 'secondary', text, () => {
      act(what);
    });
    made.title = `${text} (${key})`;
    return made;
  };
  return element(
    'div',
    { class: 'recording-actions' },
    ...(usable ? [button('findSimilar', t('Find similar'), 'F'), button('setLabel', t('Set label'), 'L')] : []),
    step('previous', t('Previous recording of the folder'), 'P'),
    step('next', t('Next recording of the folder'), 'N'),
  );
}

function factsOf({ summary }: RecordingView, showReading: () => void): HTMLElement {
  const { steps, rate, format, channels } = summary;
  const fact = (text: string, title = text, name = 'fact'): HTMLElement =>
    element('span', { class: name, title }, text);
  const length = steps === 0 ? [] : [fact(formatLength(steps, rate), timeSteps(steps))];
  const counted = steps === 0 || rate === null ? [] : [fact(timeSteps(steps))];
  return element(
    'p',
    { class: 'facts' },
    ...length,
    ...counted,
    ...(steps === 0 ? [] : [fact(rate === null ? t('rate not known') : formatRate(rate))]),
    fact(formatName(format)),
    ...(channels.length === 0 ? [] : [fact(channelsText(channels, 12), channelsText(channels), 'fact channels')]),
    linkButton('fact', showReading, t('How was this read?')),
  );
}

/** What is not sure of how the file was read, with the way to where that can be checked and changed. */
function doubtsOf({ summary }: RecordingView, check: () => void): readonly HTMLElement[] {
  if (summary.doubts.length === 0) return [];
  const made = note('unsure', t('Kindred is not sure of how this file is read. {0}', doubtText(summary)));
  made.append(linkButton('check-reading', check, t('Check how it is read')));
  return [made];
}

function note(icon: 'info' | 'warning' | 'unsure', text: string): HTMLElement {
  return element('p', { class: `note ${icon}` }, iconOf(icon), element('span', {}, text));
}
