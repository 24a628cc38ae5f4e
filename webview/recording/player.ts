import type { SequenceSummary } from '../../src/protocol/sequences';
import type { Asker } from '../shared/ask';
import { chip } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { messageOf } from '../shared/format';
import { t } from '../shared/l10n';
import { channelName } from '../shared/plots/legend';
import type { PlotGroup } from '../shared/plots/plotGroup';
import { audible, leastRate, playing } from '../shared/sound';

/** Plays the stretch in sight of the first channel that is shown, while the cursor moves along. */
export class Player {
  readonly node = element('div', { class: 'player' });
  private readonly button: HTMLButtonElement;
  private readonly problem = element('span', { class: 'player-problem', role: 'alert' });
  private running: AbortController | null = null;

  constructor(
    private readonly asker: Asker,
    private readonly summary: SequenceSummary,
    private readonly group: PlotGroup,
    private readonly announce: (text: string) => void,
  ) {
    this.button = chip(t('Play'), t('Play'), false, () => {
      if (this.running === null) this.start();
      else this.running.abort();
    });
    this.node.append(this.button, this.problem);
  }

  private start(): void {
    const running = new AbortController();
    this.running = running;
    this.show(true);
    setText(this.problem, '');
    this.play(AbortSignal.any([running.signal, this.group.closed]))
      .catch((error: unknown) => {
        if (!running.signal.aborted) setText(this.problem, t('No sound: {0}', messageOf(error)));
      })
      .finally(() => {
        this.running = null;
        this.show(false);
      });
  }

  private async play(stopped: AbortSignal): Promise<void> {
    const { asker, group, summary } = this;
    const { ref, steps } = summary;
    const rate = summary.rate ?? leastRate;
    const channel = group.channels()[0] ?? 0;
    this.announce(t('Play the stretch in sight of {0}', channelName(summary.channels[channel] ?? null, channel)));
    const range = group.recordings[0]?.rangeOf(channel) ?? [-1, 1];
    const { start: from, end: to } = group.window;
    const end = Math.min(steps, Math.ceil(to * rate));
    const begin = Math.min(Math.max(0, Math.floor(from * rate)), end - 1);
    await playing(
      rate,
      async (start) => {
        if (start >= end) return null;
        const { values } = await asker.ask('samples', { ref, channel, span: { start, end } }, stopped);
        return audible(values, range);
      },
      begin,
      (step) => {
        group.pointAt(step / rate);
      },
      stopped,
    );
  }

  private show(isPlaying: boolean): void {
    const text = isPlaying ? t('Stop') : t('Play');
    setText(this.button, text);
    this.button.title = text;
    this.button.setAttribute('aria-pressed', String(isPlaying));
  }
}
