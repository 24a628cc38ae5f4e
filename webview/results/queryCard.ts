import type { FromWebview } from '../../src/protocol/panel';
import type { SequenceSummary } from '../../src/protocol/engine';
import { iconOf, linkButton } from '../shared/controls';
import { channelsText, doubtText, notesOf } from '../shared/describe';
import { element } from '../shared/dom';
import { timeSteps } from '../../src/l10n/nouns';
import { formatLength, formatRate, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { formatName } from '../shared/formatName';
import type { Asker } from '../shared/ask';
import { PlotGroup } from '../shared/plots/plotGroup';
import type { PlotArrangement } from '../shared/plots/laneSet';
import { savePlot } from '../shared/plots/drawing';
import { labelBadge, recordingName } from '../shared/recordingName';

export interface QueryCard {
  readonly node: HTMLElement;
  /** Shows `query`; with `fresh` its plot is asked for again even if the card shows it already. */
  update(query: SequenceSummary, fresh: boolean): void;
}

/** The part of the window's height that the plot takes until it is opened. */
const closedShare = 1 / 4;

/** What stands around the lanes in the frame of a plot, in pixels. */
const frameHeight = 44;

export interface QueryCardParts {
  readonly post: (message: FromWebview) => void;
  readonly asker: Asker;
  readonly announce: (text: string) => void;
  /** Whether the plot is open, with a lane for each channel. */
  readonly isOpen: boolean;
  /** The plot was opened or closed. */
  readonly opened: (isOpen: boolean) => void;
}

/** The query: what is known of it, and its plot, which leaves room for the matches until it is opened. */
export function queryCard({ post, asker, announce, opened, ...start }: QueryCardParts): QueryCard {
  const node = element('section', { class: 'query', 'aria-label': t('Query') });
  let { isOpen } = start;
  const toggle = openingButton((next) => {
    isOpen = next;
    node.classList.toggle('closed', !isOpen);
    plot?.arrange(arrangementOf(isOpen));
    opened(isOpen);
  }, isOpen);
  node.classList.toggle('closed', !isOpen);
  window.addEventListener('resize', () => {
    if (!isOpen) plot?.rebuild();
  });
  let shown: string | null = null;
  let plot: PlotGroup | null = null;
  return {
    node,
    update: (query, fresh) => {
      const described = JSON.stringify(query);
      if (described === shown) {
        if (fresh) plot?.refresh();
        return;
      }
      plot?.destroy();
      plot = new PlotGroup({
        ...{ asker, announce, tool: toggle, sequences: [query], withStrips: false, search: post },
        arrangement: arrangementOf(isOpen),
        room: () => (isOpen ? null : closedRoom()),
        save: (format, group) => {
          savePlot(post, format, group);
        },
      });
      const showReading = () => {
        post({ type: 'reading', ref: query.ref });
      };
      node.replaceChildren(
        heading(query, () => {
          post({ type: 'open', ref: query.ref });
        }),
        facts(query, showReading),
        ...doubts(query, showReading),
        ...notesOf(query).map((note) => element('p', { class: 'note' }, iconOf('info'), element('span', {}, note))),
        plot.node,
      );
      shown = described;
    },
  };
}

/** What the lanes of the closed plot share, in pixels. */
function closedRoom(): number {
  return Math.max(60, Math.floor(closedShare * window.innerHeight) - frameHeight);
}

/** Closed, channels of one unit are drawn over one another. */
function arrangementOf(isOpen: boolean): PlotArrangement {
  return isOpen ? 'overlay' : 'units';
}

function openingButton(choose: (isOpen: boolean) => void, isOpen: boolean): HTMLButtonElement {
  const button = element('button', { class: 'chip opening', type: 'button' });
  const show = (open: boolean): void => {
    button.setAttribute('aria-expanded', String(open));
    button.replaceChildren(open ? t('Smaller') : t('Larger'));
    button.title = open ? t('Draw channels of one unit over one another') : t('Draw each channel for itself');
  };
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    show(open);
    choose(open);
  });
  show(isOpen);
  return button;
}

function heading(query: SequenceSummary, open: () => void): HTMLElement {
  const [file, ...others] = recordingName(query);
  const name = linkButton('query-file', open, file);
  name.title = t('Open {0}', printable(query.file));
  const label = query.label === null ? null : labelBadge(query.label, false);
  return element('h1', { class: 'query-name' }, name, ...others, label);
}

/** What is not sure of how the query was read, with the way to where that can be checked and changed. */
function doubts(query: SequenceSummary, check: () => void): readonly HTMLElement[] {
  if (query.doubts.length === 0) return [];
  const text = t('Kindred is not sure of how this file is read. {0}', doubtText(query));
  const link = linkButton('check-reading', check, t('Check how it is read'));
  return [element('p', { class: 'note doubt' }, iconOf('unsure'), element('span', {}, text, ' ', link))];
}

function facts(query: SequenceSummary, showReading: () => void): HTMLElement {
  const channels = element(
    'span',
    { class: 'fact channels', title: channelsText(query.channels) },
    channelsText(query.channels, 12),
  );
  const length = element('span', { class: 'fact' }, formatLength(query.steps, query.rate));
  length.title = timeSteps(query.steps);
  const rate = query.rate === null ? null : element('span', { class: 'fact' }, formatRate(query.rate));
  return element(
    'p',
    { class: 'facts' },
    length,
    rate,
    element('span', { class: 'fact' }, formatName(query.format)),
    channels,
    query.doubts.length > 0 ? null : linkButton('fact', showReading, t('How was this read?')),
  );
}
