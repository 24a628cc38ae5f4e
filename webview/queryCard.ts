import type { FromWebview } from '../src/protocol/panel';
import type { SequenceSummary } from '../src/protocol/engine';
import { iconOf, linkButton } from './controls';
import { channelsText, notesOf } from './describe';
import { annotatedPlot } from './annotatedPlot';
import { element } from './dom';
import { timeSteps } from '../src/l10n/nouns';
import { formatLength, formatRate, printable } from './format';
import { t } from './l10n';
import { labelBadge } from './labelBadge';
import type { PlotRequests } from './plotRequests';
import type { PlotView } from './plotView';
import { recordingName } from './recordingName';

export interface QueryCard {
  readonly node: HTMLElement;
  /** Shows `query`; with `fresh` its plot is asked for again even if the card shows it already. */
  update(query: SequenceSummary, fresh: boolean): void;
}

/** The query: what is known of it, and its plot with names, units and a time axis. */
export function queryCard(post: (message: FromWebview) => void, plots: PlotRequests): QueryCard {
  const node = element('section', { class: 'query', 'aria-label': t('Query') });
  let shown: string | null = null;
  let view: PlotView | null = null;
  return {
    node,
    update: (query, fresh) => {
      const described = JSON.stringify(query);
      if (described === shown) {
        if (fresh && view) plots.refresh(view);
        return;
      }
      if (view) plots.unwatch(view);
      const plot = annotatedPlot(query);
      node.replaceChildren(
        heading(query, () => {
          post({ type: 'open', ref: query.ref });
        }),
        facts(query),
        ...notesOf(query).map((note) => element('p', { class: 'note' }, iconOf('info'), element('span', {}, note))),
        plot.node,
      );
      shown = described;
      view = plot.view;
      plots.watch(query.ref, view);
    },
  };
}

function heading(query: SequenceSummary, open: () => void): HTMLElement {
  const [file, ...others] = recordingName(query);
  const name = linkButton('query-file', open, file!);
  name.title = t('Open {0}', printable(query.file));
  const label = query.label === null ? null : labelBadge(query.label, false);
  return element('h1', { class: 'query-name' }, name, ...others, label);
}

function facts(query: SequenceSummary): HTMLElement {
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
    element('span', { class: 'fact' }, printable(query.format)),
    channels,
  );
}
