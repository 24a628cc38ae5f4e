import type { Span } from '../../src/protocol/explanation';
import type { SequenceSummary } from '../../src/protocol/sequences';
import type { Asker } from '../shared/ask';
import { plotLabel } from './plotLabel';
import { element, setText, svg } from '../shared/dom';
import { messageOf, printable } from '../shared/format';
import { t } from '../shared/l10n';
import type { SeriesData } from '../shared/plots/envelope';
import { bandPath, lanesOf } from '../shared/plots/plotPath';

/** Channels that are drawn at most. */
const mostChannels = 4;
const columns = 400;
/** In the units of the drawing. */
const height = 44;

/** A recording with a window of it marked, and beside it the window alone, drawn once they come into sight. */
export class WindowCurve {
  readonly node: HTMLElement;
  private readonly whole = element('div', { class: 'plot-canvas waiting window-whole' });
  private readonly part = element('div', { class: 'plot-canvas waiting window-part' });
  private readonly life = new AbortController();

  constructor(
    private readonly asker: Asker,
    private readonly sequence: SequenceSummary,
    private readonly span: Span,
    kind: 'query' | 'match',
  ) {
    const label = plotLabel(sequence, span);
    this.node = element(
      'div',
      { class: `window-curves ${kind}`, role: 'img', 'aria-label': label },
      this.whole,
      this.part,
    );
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      this.draw();
    });
    sight.observe(this.node);
    this.life.signal.addEventListener('abort', () => {
      sight.disconnect();
    });
  }

  destroy(): void {
    this.life.abort();
  }

  private draw(): void {
    this.drawn(null).then(
      (series) => {
        show(this.whole, series);
        this.whole.append(this.mark());
      },
      (error: unknown) => {
        this.fail(this.whole, error);
      },
    );
    this.drawn(this.span).then(
      (series) => {
        show(this.part, series);
      },
      (error: unknown) => {
        this.fail(this.part, error);
      },
    );
  }

  private drawn(span: Span | null): Promise<SeriesData> {
    const { ref, channels } = this.sequence;
    const asked = channels.slice(0, mostChannels).map((_, channel) => channel);
    return this.asker.ask('series', { ref, span, columns, channels: asked }, this.life.signal);
  }

  private mark(): HTMLElement {
    const { steps } = this.sequence;
    const { start, end } = this.span;
    const mark = element('div', { class: 'window-mark' });
    mark.style.left = `${(100 * start) / steps}%`;
    mark.style.width = `${(100 * (end - start)) / steps}%`;
    return mark;
  }

  private fail(canvas: HTMLElement, error: unknown): void {
    if (this.life.signal.aborted) return;
    canvas.className = 'plot-canvas failed';
    const text = element('span');
    setText(text, t('No plot: {0}', printable(messageOf(error))));
    canvas.replaceChildren(text);
  }
}

function show(canvas: HTMLElement, { channels }: SeriesData): void {
  canvas.classList.remove('waiting');
  const width = Math.max(1, ...channels.map(({ minimum }) => minimum.length));
  const lanes = lanesOf(channels.length, height / Math.max(1, channels.length), 2);
  const paths = lanes.map((lane, i) => {
    const channel = channels[i];
    return channel && svg('path', { class: 'curve', d: bandPath(channel.minimum, channel.maximum, lane) });
  });
  const attributes = { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  canvas.replaceChildren(svg('svg', attributes, ...paths.map((path) => path ?? null)));
}
