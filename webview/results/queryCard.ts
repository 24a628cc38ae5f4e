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
import { savePlot } from '../shared/plots/drawing';
import { labelBadge, recordingName } from '../shared/recordingName';

export interface QueryCard {
  readonly node: HTMLElement;
  /** Shows `query`; with `fresh` its plot is asked for again even if the card shows it already. */
  update(query: SequenceSummary, fresh: boolean): void;
}

/** The query: what is known of it, and its plot. */
export function queryCard(
  post: (message: FromWebview) => void,
  asker: Asker,
  announce: (text: string) => void,
): QueryCard {
  const node = element('section', { class: 'query', 'aria-label': t('Query') });
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
        asker,
        sequences: [query],
        arrangement: 'overlay',
        withStrips: false,
        announce,
        search: post,
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
