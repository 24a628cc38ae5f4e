import type { SequenceRef } from '../../src/protocol/sequences';
import { element, setText, svg } from '../shared/dom';
import { messageOf, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { bandPath, lanesOf } from '../shared/plots/plotPath';
import type { OverviewAsker } from './asking';
import { whenSeen } from './whenSeen';

const mostChannels = 4;
const columns = 260;
/** In the units of the drawing. */
const height = 44;

/** The curves of a recording, small, drawn once they come into sight. */
export class SmallPlot {
  readonly node: HTMLElement;
  private readonly life = new AbortController();

  /** @param name of the recording, for those who cannot see it */
  constructor(
    private readonly asker: OverviewAsker,
    private readonly ref: SequenceRef,
    name: string,
  ) {
    const attributes = { class: 'plot-canvas waiting', role: 'img', 'aria-label': t('Plot of {0}', name) };
    this.node = element('div', attributes);
    whenSeen(
      this.node,
      () => {
        this.ask();
      },
      this.life.signal,
    );
  }

  destroy(): void {
    this.life.abort();
  }

  private ask(): void {
    this.asker.ask('plot', { ref: this.ref, columns, channels: mostChannels }, this.life.signal).then(
      ({ channels }) => {
        this.node.classList.remove('waiting');
        this.node.replaceChildren(curves(channels));
      },
      (error: unknown) => {
        if (this.life.signal.aborted) return;
        this.node.className = 'plot-canvas failed';
        const text = element('span');
        setText(text, t('No plot: {0}', printable(messageOf(error))));
        this.node.replaceChildren(text);
      },
    );
  }
}

function curves(channels: readonly { readonly minimum: readonly number[]; readonly maximum: readonly number[] }[]) {
  const width = Math.max(1, ...channels.map(({ minimum }) => minimum.length));
  const lanes = lanesOf(channels.length, height / Math.max(1, channels.length), 2);
  const paths = lanes.flatMap((lane, i) => {
    const channel = channels[i];
    return channel === undefined
      ? []
      : [svg('path', { class: 'curve', d: bandPath(channel.minimum, channel.maximum, lane) })];
  });
  const attributes = { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  return svg('svg', attributes, ...paths);
}
