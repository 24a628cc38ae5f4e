import type { SequenceSummary } from '../../src/protocol/sequences';
import { LatestQuestion, type Asker } from '../shared/ask';

/** Channels that one question may be about. */
const channelsAtOnce = 64;

/** Asks for the values of all channels at one time step after another; of those that come too fast, some are left out. */
export class CursorValues {
  private readonly questions = new LatestQuestion();
  private wanted: number | null = null;

  /** @param told given the values by channel, or why there are none */
  constructor(
    private readonly asker: Asker,
    private readonly summary: SequenceSummary,
    private readonly closed: AbortSignal,
    private readonly told: (step: number, values: ReadonlyMap<number, number>) => void,
  ) {}

  at(step: number): void {
    const { steps } = this.summary;
    const within = Math.min(Math.max(0, Math.floor(step)), steps - 1);
    if (within === this.wanted) return;
    this.wanted = within;
    this.questions.ask(async () => {
      try {
        this.told(within, await this.valuesAt(within));
      } catch {
        // The table does without: what went wrong stands in the log.
        this.wanted = null;
      }
    });
  }

  private async valuesAt(step: number): Promise<ReadonlyMap<number, number>> {
    const { ref, channels } = this.summary;
    const numbers = channels.map((_, channel) => channel);
    const groups = Array.from({ length: Math.ceil(numbers.length / channelsAtOnce) }, (_, i) =>
      numbers.slice(i * channelsAtOnce, (i + 1) * channelsAtOnce),
    );
    const span = { start: step, end: step + 1 };
    const answers = await Promise.all(
      groups.map((group) => this.asker.ask('series', { ref, span, columns: 1, channels: group }, this.closed)),
    );
    return new Map(
      answers.flatMap(({ channels: told }) => told.map(({ index, minimum }) => [index, minimum[0] ?? NaN] as const)),
    );
  }
}
