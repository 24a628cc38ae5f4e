import type { SequenceSummary } from '../../../src/protocol/sequences';
import type { Asker } from '../../shared/ask';
import { messageOf, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { keyOf } from '../../shared/memory';
import { rangeOf } from '../../shared/plots/plotPath';
import { audible, canBeHeard, leastRate, playing } from '../../shared/sound';

/** The channel that a row plays. */
const channel = 0;

export interface SoundEvents {
  /** Another recording is heard, or none. */
  readonly changed: () => void;
  readonly announce: (text: string) => void;
  /** Why there is no sound, in a sentence. */
  readonly refuse: (reason: string) => void;
}

/** Plays one recording of the list at a time, from its begin. */
export class RowSound {
  private heard: { readonly key: string; readonly running: AbortController } | null = null;

  constructor(
    private readonly asker: Asker,
    private readonly events: SoundEvents,
  ) {}

  /** The key of the recording that is heard. */
  get playing(): string | null {
    return this.heard?.key ?? null;
  }

  /** Plays a recording, or ends it if it is the one that is heard. */
  toggle(sequence: SequenceSummary): void {
    const key = keyOf(sequence.ref);
    const stops = this.playing === key;
    this.stop();
    if (stops) return;
    if (!canBeHeard(sequence)) {
      this.events.refuse(t('Only recordings of {0} Hz or more can be heard.', leastRate));
      return;
    }
    const running = new AbortController();
    const heard = { key, running };
    this.heard = heard;
    this.events.changed();
    this.events.announce(t('Playing {0}', printable(sequence.file)));
    this.play(sequence, running.signal)
      .catch((error: unknown) => {
        if (!running.signal.aborted) this.events.refuse(t('No sound: {0}', messageOf(error)));
      })
      .finally(() => {
        if (this.heard === heard) this.stop();
      });
  }

  stop(): void {
    if (this.heard === null) return;
    this.heard.running.abort();
    this.heard = null;
    this.events.changed();
  }

  private async play({ ref, steps, rate }: SequenceSummary, stopped: AbortSignal): Promise<void> {
    const { channels } = await this.asker.ask('plot', { ref, columns: 1, channels: channel + 1 }, stopped);
    const drawn = channels[channel];
    const range = rangeOf(drawn?.minimum ?? [], drawn?.maximum ?? []);
    await playing(
      rate ?? leastRate,
      async (start) => {
        if (start >= steps) return null;
        const { values } = await this.asker.ask('samples', { ref, channel, span: { start, end: steps } }, stopped);
        return audible(values, range);
      },
      0,
      () => undefined,
      stopped,
    );
  }
}
