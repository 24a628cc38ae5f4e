import * as v from 'valibot';
import { t } from '../../l10n/messages';
import { confined } from './confined';
import { file, optionalSequence } from './reading';
import { tool } from './tool';
import { quoted } from './wording';

const label = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]*$/u, 'a label holds no control characters'),
  v.description('The label.'),
);

const recordings = v.pipe(
  v.array(v.strictObject({ file, sequence: optionalSequence })),
  v.minLength(1),
  v.maxLength(100),
  v.description('The recordings that get the label.'),
);

/** As many files are named when the user is asked. */
const mostNamed = 10;

export const setLabel = tool({
  name: 'kindred_set_label',
  title: 'Set a label',
  description:
    'Gives recordings of the open folder a label, in its labels.csv. The user is asked before anything is written. Use it ' +
    'only when the user wants a label to be set.',
  input: v.strictObject({ recordings, label }),
  confirm: ({ recordings: named, label: given }) => {
    const files = named.slice(0, mostNamed).map((each) => {
      return `${quoted(each.file)}${each.sequence === undefined ? '' : ` #${each.sequence}`}`;
    });
    const more = named.length - files.length;
    const all = `${files.join(', ')}${more > 0 ? ` ${t('and {0} more', more)}` : ''}`;
    return {
      title: t('Set a label'),
      message: t('The label {0} is written into labels.csv for: {1}', quoted(given), all),
    };
  },
  run: async ({ ask, folders }, { recordings: named, label: given }, signal) => {
    const targets = [];
    for (const each of named) {
      const { path, number } = await confined(folders, each);
      targets.push({ path, number: each.sequence === undefined ? null : number });
    }
    const { changed, written } = await ask('setLabel', { targets, label: given }, signal);
    return `The label ${quoted(given)} was given to ${changed} ${changed === 1 ? 'recording' : 'recordings'}, in ${written.map(quoted).join(', ')}.`;
  },
});
