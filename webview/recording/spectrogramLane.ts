import type { Answered } from '../../src/protocol/explanation';
import type { SequenceSummary } from '../../src/protocol/sequences';
import { LatestQuestion, type Asker } from '../shared/ask';
import { bytesOf } from '../shared/base64';
import { chip } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { formatNumber, formatRate, messageOf, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { rightMargin } from '../shared/plots/lane';
import { channelName } from '../shared/plots/legend';
import type { PlotGroup } from '../shared/plots/plotGroup';
import { axisWidth } from '../shared/plots/scales';
import { onThemeChange, readTheme } from '../shared/plots/theme';
import { colourMap, isDark } from './colourMap';

type Found = Answered<'spectrogram'>;

/** Of the drawing, in pixels. */
const height = 160;

const mostColumns = 1600;

/** Shorter recordings have no frequencies to speak of. */
const fewestSteps = 32;

export function hasSpectrogram({ steps }: SequenceSummary): boolean {
  return steps >= fewestSteps;
}

/** The spectrogram of the first channel that is shown, over the stretch in sight, below the curves on demand. */
export class SpectrogramLane {
  readonly node = element('div', { class: 'spectrogram' });
  readonly button: HTMLButtonElement;
  private readonly canvas = element('canvas', { class: 'spectrogram-picture', role: 'img' });
  private readonly title = element('span', { class: 'spectrogram-title' });
  private readonly problem = element('p', { class: 'plot-problem', role: 'alert' });
  private readonly questions = new LatestQuestion();
  private found: Found | null = null;

  constructor(
    private readonly asker: Asker,
    private readonly summary: SequenceSummary,
    private readonly group: PlotGroup,
  ) {
    const text = t('Spectrogram');
    this.button = chip(text, t('Show how strong each frequency is over time'), false, () => {
      this.toggle();
    });
    const nyquist = (summary.rate ?? 1) / 2;
    const frequencies = [nyquist, nyquist / 2, 0].map((frequency) =>
      element('span', {}, frequencyText(summary, frequency)),
    );
    const axis = element('div', { class: 'spectrogram-axis', 'aria-hidden': 'true' }, ...frequencies);
    axis.style.width = `${axisWidth - 4}px`;
    const frame = element('div', { class: 'spectrogram-frame' }, axis, this.canvas);
    frame.style.marginInlineEnd = `${rightMargin}px`;
    frame.style.height = `${height}px`;
    this.node.append(element('div', { class: 'lane-caption' }, this.title), frame, this.problem);
    this.node.hidden = true;
    this.problem.hidden = true;
    const stop = onThemeChange(() => {
      this.draw();
    });
    group.closed.addEventListener('abort', stop);
  }

  /** Another stretch is in sight, or another channel is the first, or the file may hold something else. */
  follow(): void {
    if (this.node.hidden) return;
    this.questions.ask(async () => {
      try {
        await this.fetch();
        this.problem.hidden = true;
      } catch (error) {
        if (this.group.closed.aborted) return;
        setText(this.problem, t('No spectrogram: {0}', printable(messageOf(error))));
        this.problem.hidden = false;
      }
    });
  }

  private toggle(): void {
    this.node.hidden = !this.node.hidden;
    this.button.setAttribute('aria-pressed', String(!this.node.hidden));
    this.follow();
  }

  private async fetch(): Promise<void> {
    const { group, summary } = this;
    const channel = group.channels()[0] ?? 0;
    const perUnit = group.timed ? (summary.rate ?? 1) : 1;
    const start = Math.max(0, Math.min(Math.floor(group.window.start * perUnit), summary.steps - 1));
    const end = Math.min(Math.max(Math.ceil(group.window.end * perUnit), start + 1), summary.steps);
    const columns = Math.max(1, Math.min(mostColumns, Math.round(this.canvas.clientWidth * devicePixelRatio)));
    const asked = { ref: summary.ref, channel, span: { start, end }, columns, rows: height };
    this.found = await this.asker.ask('spectrogram', asked, group.closed);
    const name = channelName(summary.channels[channel] ?? null, channel);
    const scale = t('0 to {0} dB', formatNumber(this.found.floor));
    setText(this.title, `${t('Spectrogram of {0}', name)} (${scale})`);
    this.canvas.setAttribute('aria-label', t('Spectrogram of {0}', name));
    this.draw();
  }

  private draw(): void {
    const context = this.canvas.getContext('2d');
    if (this.found === null || context === null) return;
    const { columns, rows, levels } = this.found;
    const map = colourMap(isDark(readTheme().surface));
    const bytes = bytesOf(levels);
    [this.canvas.width, this.canvas.height] = [columns, rows];
    const image = context.createImageData(columns, rows);
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        const level = bytes[column * rows + row] ?? 0;
        const at = 4 * ((rows - 1 - row) * columns + column);
        for (let part = 0; part < 3; part++) image.data[at + part] = map[3 * level + part]!;
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }
}

function frequencyText({ rate }: SequenceSummary, frequency: number): string {
  return rate === null ? t('{0} / step', formatNumber(frequency)) : formatRate(frequency);
}
