import type { FromWebview, PanelResults } from '../../src/protocol/panel';
import type { IndexStatus } from '../../src/protocol/engine';
import { textButton } from '../shared/controls';
import { indexText } from './describe';
import { element } from '../shared/dom';
import { formatCount, printable, splitPath } from '../shared/format';
import { t } from '../shared/l10n';
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

const pick = (): NoticeAction => ({ text: t('Pick a recording…'), message: { type: 'pick' } });
const pickAnother = (): NoticeAction => ({ text: t('Pick another file…'), message: { type: 'pick' } });
const searchAgain = (): NoticeAction => ({ text: t('Search again'), message: { type: 'retry' } });
const skipped = (): NoticeAction => ({ text: t('Show skipped files'), message: { type: 'skipped' } });

function compareWithAll(others: number): NoticeAction {
  const text = others === 1 ? t('Compare with it') : t('Compare with all {0}', formatCount(others));
  return { text, message: { type: 'scope', scope: 'all' } };
}

function hasSkipped({ skipped: files, skippedSequences }: IndexStatus): boolean {
  return files + skippedSequences > 0;
}

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
        title: t('The search failed'),
        lines: [message],
        actions: [{ ...searchAgain(), text: t('Retry') }, pickAnother()],
        busy: false,
      };
    }
  }
}

function emptyNotice(index: IndexStatus | null): Notice {
  const none = index?.state === 'ready' && index.sequences === 0;
  const lines = none
    ? [t('No file in the open folders can be read as a recording.')]
    : [t('Right-click a recording in the Explorer and choose “Find Similar Sequences”, or pick one here.')];
  const actions = none && hasSkipped(index) ? [skipped()] : [pick()];
  return {
    title: none ? t('No recordings found') : t('Which recording are you looking at?'),
    lines,
    actions,
    busy: false,
  };
}

function indexingNotice({ index, results }: State): Notice {
  const paused = index?.state === 'paused';
  const said = indexText(index);
  const so = paused || index?.state === 'starting' ? said : t('{0} so far.', said);
  const then = paused
    ? t('Resume indexing from the status bar to find matches.')
    : t('Recordings can be compared as soon as they are indexed.');
  const others = results?.scope === 'layout' && results.elsewhere > 0 ? [compareWithAll(results.elsewhere)] : [];
  const actions = results === null ? [pick()] : [...others, searchAgain()];
  return {
    title: paused ? t('Indexing is paused') : t('Nothing to compare with yet'),
    lines: [so, then],
    actions,
    busy: !paused,
  };
}

function searchingNotice({ phase }: State): Notice {
  const file = phase.kind === 'searching' ? splitPath(printable(phase.file)).name : '';
  return {
    title: t('Searching…'),
    lines: [t('Comparing {0} with every indexed recording.', file)],
    actions: [pickAnother()],
    busy: true,
  };
}

function noMatchNotice({ scope, elsewhere }: PanelResults, index: IndexStatus | null): Notice {
  const soFar = isGrowing(index) ? ` ${t('{0} so far.', indexText(index))}` : '';
  if (scope === 'layout' && elsewhere > 0) {
    const others =
      elsewhere === 1
        ? t('1 recording has other channels.')
        : t('{0} recordings have other channels.', formatCount(elsewhere));
    return {
      title: t('No other recording has this layout'),
      lines: [`${others}${soFar}`, t('When all layouts are compared, the channels of a recording are taken together.')],
      actions: [compareWithAll(elsewhere), pickAnother()],
      busy: false,
    };
  }
  return {
    title: t('There is nothing to compare with'),
    lines: [`${t('This is the only recording in the index.')}${soFar}`],
    actions: index !== null && hasSkipped(index) ? [skipped(), pickAnother()] : [pickAnother()],
    busy: false,
  };
}

export interface NoticeRegion {
  readonly node: HTMLElement;
  /** Shows what a screen needs; with `takeFocus` its first action has the keyboard focus. */
  update(notice: Notice | null, takeFocus: boolean): void;
}

/** Where a notice stands; one that is shown already is not touched, so that it is announced once. */
export function noticeRegion(post: (message: FromWebview) => void, announce: (text: string) => void): NoticeRegion {
  const node = element('div', { class: 'notice-region' });
  let shown = '';
  return {
    node,
    update: (notice, takeFocus) => {
      const described = JSON.stringify(notice);
      if (described === shown) return;
      shown = described;
      node.replaceChildren(...(notice ? [noticeView(notice, post)] : []));
      if (notice) announce([notice.title, ...notice.lines].join('. '));
      if (takeFocus) node.querySelector<HTMLElement>('vscode-button')?.focus();
    },
  };
}

/** The notice as an element; the first action is the one to take. */
function noticeView({ title, lines, actions, busy }: Notice, post: (message: FromWebview) => void): HTMLElement {
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
