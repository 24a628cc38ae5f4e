import type { FromWebview, PanelResults } from '../src/protocol/panel';
import { textButton } from './controls';
import { announcement, shownText } from './describe';
import { element, setText } from './dom';
import { distanceFormat } from './format';
import type { Match } from '../src/protocol/engine';
import type { Calibration } from './explain/meaning';
import { t } from './l10n';
import { matchList, type MatchList } from './matchList';
import { takeAway } from './takeAway';
import { questionOf } from './memory';
import type { PlotRequests } from './plotRequests';

export interface ResultsView {
  readonly node: HTMLElement;
  readonly list: MatchList;
  update(results: PanelResults): void;
  /** Says what the distances mean. */
  calibrated(calibration: Calibration): void;
}

/** The ranked list under its heading, with the button for more of it. */
export function resultsView(
  post: (message: FromWebview) => void,
  plots: PlotRequests,
  announce: (text: string) => void,
  compare: (match: Match) => void,
): ResultsView {
  const count = element('span', { class: 'count' });
  // Set while more matches are on their way: how many rows there were when they were asked for.
  let awaitingAfter: number | null = null;
  let question = '';
  const more = textButton('secondary', 'Show more', () => {
    awaitingAfter = list.length();
    more.disabled = true;
    post({ type: 'more' });
  });
  const moreCount = element('span', { class: 'count' });
  const footer = element('div', { class: 'footer' }, more, moreCount, keyHints());
  const list = matchList(
    post,
    plots,
    () => {
      if (!more.hidden) more.focus();
    },
    compare,
  );
  more.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp') return;
    event.preventDefault();
    list.focusAt(list.length() - 1);
  });
  const node = element(
    'section',
    { class: 'results', 'aria-label': 'Matches' },
    element('h2', {}, 'Most similar', count, takeAway(post)),
    list.node,
    footer,
  );
  return {
    node,
    list,
    calibrated: (calibration) => {
      list.calibrated(calibration);
    },
    update: (results) => {
      list.update(results);
      const shown = shownText(results);
      setText(count, shown);
      setText(moreCount, shown);
      more.hidden = results.matches.length >= results.candidates;
      more.disabled = false;
      const sameQuestion = questionOf(results) === question;
      if (awaitingAfter !== null && sameQuestion && awaitingAfter < results.matches.length) list.focusAt(awaitingAfter);
      awaitingAfter = null;
      question = questionOf(results);
      announce(announcement(results, distanceFormat(results.matches.map((match) => match.distance))));
    },
  };
}

function keyHints(): HTMLElement {
  const hints = [
    ['Enter', 'open'],
    ['F', 'find similar'],
    ['C', t('compare')],
    ['Alt ←', 'back'],
  ].map(([key, does]) => element('span', { class: 'hint' }, element('kbd', {}, key!), ` ${does!}`));
  return element('p', { class: 'hints' }, ...hints);
}
