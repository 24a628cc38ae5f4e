import type { Whereabouts as Answer } from '../../src/protocol/explanation';
import type { PanelResults } from '../../src/protocol/panel';
import { recordings } from '../../src/l10n/nouns';
import type { SequenceSummary } from '../../src/protocol/sequences';
import type { Asker } from '../shared/ask';
import { linkButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { formatCount, formatShare, messageOf } from '../shared/format';
import { t } from '../shared/l10n';
import { onThemeChange, readTheme } from '../shared/plots/theme';
import { recordingName } from '../shared/recordingName';

/** Milliseconds after which a map that still settles is looked at again. */
const lookInterval = 1000;

/** Pixels: the side of the map, what stays free around it, how large points are, and how near the pointer must be. */
const [side, margin, small, large, reach] = [176, 8, 1.3, 3.2, 8];

/** More matches do not show what is near. */
const mostMarked = 20;

type Place = readonly [number, number];

export interface WhereaboutsParts {
  readonly asker: Asker;
  readonly isOpen: boolean;
  readonly opened: (isOpen: boolean) => void;
  /** The map of the whole folder is wanted. */
  readonly showAll: () => void;
  /** The match at a position of the list was clicked. */
  readonly choose: (position: number) => void;
}

/** A small map of all that the query is compared with, in which it and the first matches are marked. */
export class Whereabouts {
  readonly node: HTMLDetailsElement;
  private readonly canvas = element('canvas', { class: 'whereabouts-map', role: 'img' });
  private readonly text = element('p', { class: 'dim', role: 'status' });
  private readonly legend = element('p', { class: 'whereabouts-legend' });
  private results: PanelResults | null = null;
  private matches: readonly { readonly position: number; readonly sequence: SequenceSummary }[] = [];
  private answer: Answer | null = null;
  private asking = new AbortController();
  private timer = 0;

  constructor(private readonly parts: WhereaboutsParts) {
    const all = linkButton('whereabouts-all', parts.showAll, t('Show Overview'));
    const beside = element('div', { class: 'whereabouts-about' }, this.legend, this.text, all);
    this.node = element(
      'details',
      { class: 'whereabouts' },
      element('summary', {}, t('Where they lie')),
      element('div', { class: 'whereabouts-body' }, this.canvas, beside),
    );
    this.node.open = parts.isOpen;
    this.node.addEventListener('toggle', () => {
      parts.opened(this.node.open);
      this.follow();
    });
    this.canvas.addEventListener('click', (event) => {
      const match = this.at(event);
      if (match !== null) parts.choose(match.position);
    });
    this.canvas.addEventListener('pointermove', (event) => {
      const match = this.at(event);
      this.canvas.title =
        match === null
          ? ''
          : recordingName(match.sequence)
              .map(({ textContent }) => textContent)
              .join(' ');
      this.canvas.classList.toggle('on-point', match !== null);
    });
    onThemeChange(() => {
      this.draw();
    });
  }

  update(results: PanelResults): void {
    this.results = results;
    const matches = results.items.flatMap((item, position) =>
      item.kind === 'match' ? [{ position, sequence: item.sequence }] : [],
    );
    this.matches = matches.slice(0, mostMarked);
    this.follow();
  }

  private follow(): void {
    clearTimeout(this.timer);
    this.asking.abort();
    const { results } = this;
    if (results === null || !this.node.open) return;
    const { signal } = (this.asking = new AbortController());
    const asked = { query: results.query.ref, matches: this.matches.map(({ sequence }) => sequence.ref) };
    this.parts.asker.ask('whereabouts', asked, signal).then(
      (answer) => {
        if (signal.aborted) return;
        this.answer = answer;
        this.draw();
        if (answer.progress === null) return;
        this.timer = window.setTimeout(() => {
          this.follow();
        }, lookInterval);
      },
      (error: unknown) => {
        if (!signal.aborted) setText(this.text, messageOf(error));
      },
    );
  }

  private draw(): void {
    const { answer } = this;
    if (answer === null || !this.node.open) return;
    const theme = readTheme();
    const shown = answer.matches.filter((place) => place !== null).length;
    const swatch = (colour: string): HTMLElement => {
      const node = element('span', { class: 'swatch', 'aria-hidden': 'true' });
      node.style.background = colour;
      return node;
    };
    const first = t('the first {0} matches', formatCount(shown));
    const [match = theme.text] = theme.matches;
    this.legend.replaceChildren(swatch(theme.query), t('the query'), swatch(match), first);
    setText(this.text, this.said(answer));
    this.canvas.setAttribute('aria-label', t('Map of {0}: the query and {1}', recordings(answer.sequences), first));
    const ratio = Math.max(1, window.devicePixelRatio);
    this.canvas.width = this.canvas.height = Math.round(side * ratio);
    const context = this.canvas.getContext('2d');
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const dot = (place: Place | null, radius: number, colour: string): void => {
      if (place === null) return;
      const [x, y] = onCanvas(place);
      context.fillStyle = colour;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    };
    for (const place of answer.others) dot(place, small, theme.dim);
    // The nearest lie above the others.
    for (const place of [...answer.matches].reverse()) dot(place, large, match);
    dot(answer.query, large + 2, theme.surface);
    dot(answer.query, large + 1, theme.query);
  }

  private said({ progress, query }: Answer): string {
    if (progress !== null) return t('The map is being made: {0}', formatShare(progress));
    return query === null
      ? t('The query has no place on the map: it is not in the index.')
      : t('What lies close together is alike. Click a match to go to its row.');
  }

  private at({ offsetX, offsetY }: MouseEvent) {
    let best: { readonly i: number; readonly far: number } | null = null;
    for (const [i, place] of (this.answer?.matches ?? []).entries()) {
      if (place === null) continue;
      const [x, y] = onCanvas(place);
      const far = Math.hypot(x - offsetX, y - offsetY);
      if (far <= reach && (best === null || far < best.far)) best = { i, far };
    }
    return best === null ? null : (this.matches[best.i] ?? null);
  }
}

function onCanvas([x, y]: Place): Place {
  const half = side / 2 - margin;
  return [margin + half * (1 + x), margin + half * (1 - y)];
}
