import type { SequenceSummary } from '../../src/protocol/sequences';
import { LatestQuestion, type Asker } from '../shared/ask';
import { seriesOf } from '../shared/plots/series';

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
    const asked = {
      ref,
      span: { start: step, end: step + 1 },
      columns: 1,
      channels: channels.map((_, channel) => channel),
    };
    const series = await seriesOf(this.asker, asked, this.closed);
    return new Map(series.channels.map(({ index, minimum }) => [index, minimum[0] ?? NaN]));
  }
}
