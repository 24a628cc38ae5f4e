import type { FromWebview, PanelResults } from '../src/protocol/panel';
import type { IndexStatus } from '../src/protocol/engine';
import { textButton } from './controls';
import { channelsText, indexText } from './describe';
import { element } from './dom';
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

/** The notice for a screen, or `null` for the screen that shows matches. */
export function noticeOf(screen: Screen, state: State): Notice | null {
  switch (screen) {
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
  const so = `${indexText(index)}${paused ? '' : ' so far'}.`;
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

function noMatchNotice({ query, scope, elsewhere }: PanelResults, index: IndexStatus | null): Notice {
  const soFar = isGrowing(index) ? ` ${indexText(index)} so far.` : '';
  if (scope === 'layout' && elsewhere > 0) {
    const others = formatNoun(elsewhere, 'recording has another layout', 'recordings have other layouts');
    return {
      title: 'No other recording has this layout',
      lines: [`The query has ${channelsText(query.channels, 12)}. ${others}.${soFar}`],
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

/** The notice as an element; the first action is the one to take. */
export function noticeView({ title, lines, actions, busy }: Notice, post: (message: FromWebview) => void): HTMLElement {
  const buttons = actions.map(({ text, message }, index) =>
    textButton(index === 0 ? 'primary' : 'secondary', text, () => {
      post(message);
    }),
  );
  return element(
    'section',
    { class: busy ? 'notice busy' : 'notice' },
    busy ? element('vscode-progress-ring', { class: 'ring', 'aria-hidden': 'true' }) : null,
    element('h2', {}, title),
    ...lines.map((line) => element('p', {}, line)),
    element('div', { class: 'actions' }, ...buttons),
  );
}
