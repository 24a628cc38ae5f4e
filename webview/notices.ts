import type { FromWebview, PanelResults } from '../src/protocol/panel';
import type { IndexStatus } from '../src/protocol/engine';
import { indexText } from './describe';
import { formatCount, formatNoun, printable, splitPath } from './format';
import { isGrowing, type Screen, type State } from './state';

export interface NoticeAction {
  readonly text: string;
  readonly message: FromWebview;
}

/** What stands in place of the matches when there are none to show. */
export interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
  readonly actions: readonly NoticeAction[];
  readonly busy: boolean;
}

const pick: NoticeAction = { text: 'Pick a recording…', message: { type: 'pick' } };
const pickAnother: NoticeAction = { text: 'Pick another file…', message: { type: 'pick' } };
const searchAgain: NoticeAction = { text: 'Search again', message: { type: 'retry' } };
const skipped: NoticeAction = { text: 'Show skipped files', message: { type: 'skipped' } };

/** The notice for a screen, or `null` for one that needs none. */
export function noticeOf(screen: Screen, state: State): Notice | null {
  switch (screen) {
    case 'waiting':
    case 'matches':
      return null;
    case 'empty':
      return emptyNotice(state.index);
    case 'indexing':
      return indexingNotice(state);
    case 'searching':
      return searchingNotice(state);
    case 'noMatch':
      return state.results && noMatchNotice(state.results, state.index);
    case 'error': {
      const message = state.phase.kind === 'error' ? printable(state.phase.message) : '';
      return {
        title: 'The search failed',
        lines: [message],
        actions: [{ ...searchAgain, text: 'Retry' }, pickAnother],
        busy: false,
      };
    }
  }
}

function emptyNotice(index: IndexStatus | null): Notice {
  const none = index?.state === 'ready' && index.sequences === 0;
  const lines = none
    ? ['The open folders hold no file that can be read as a recording.']
    : ['Right-click a recording in the Explorer and choose “Find Similar Sequences”, or pick one here.'];
  const actions = none && index.skipped > 0 ? [skipped] : [pick];
  return { title: none ? 'No recordings found' : 'Which recording are you looking at?', lines, actions, busy: false };
}

function indexingNotice({ index, results }: State): Notice {
  const paused = index?.state === 'paused';
  const so = `${indexText(index)}${paused || index?.state === 'starting' ? '' : ' so far.'}`;
  const then = paused
    ? 'Resume indexing from the status bar to find matches.'
    : 'Recordings can be compared as soon as they are indexed.';
  const actions = results === null ? [pick] : [searchAgain];
  return {
    title: paused ? 'Indexing is paused' : 'Nothing to compare with yet',
    lines: [so, then],
    actions,
    busy: !paused,
  };
}

function searchingNotice({ phase }: State): Notice {
  const file = phase.kind === 'searching' ? splitPath(printable(phase.file)).name : '';
  return {
    title: 'Searching…',
    lines: [`Comparing ${file} with every indexed recording.`],
    actions: [pickAnother],
    busy: true,
  };
}

function noMatchNotice({ scope, elsewhere }: PanelResults, index: IndexStatus | null): Notice {
  const soFar = isGrowing(index) ? ` ${indexText(index)} so far.` : '';
  if (scope === 'layout' && elsewhere > 0) {
    const others = formatNoun(elsewhere, 'recording has other channels', 'recordings have other channels');
    return {
      title: 'No other recording has this layout',
      lines: [
        `${others}.${soFar}`,
        'Compared across layouts, a recording stands for the values of all its channels together.',
      ],
      actions: [
        {
          text: elsewhere === 1 ? 'Compare with it' : `Compare with all ${formatCount(elsewhere)}`,
          message: { type: 'scope', scope: 'all' },
        },
        pickAnother,
      ],
      busy: false,
    };
  }
  return {
    title: 'There is nothing to compare with',
    lines: [`This is the only recording in the index.${soFar}`],
    actions: index !== null && index.skipped > 0 ? [skipped, pickAnother] : [pickAnother],
    busy: false,
  };
}
