import type { PanelResults } from '../../../src/protocol/panel';
import type { Asker } from '../../shared/ask';
import type { Calibration } from './meaning';

/** Finds out what the distances of the list that is shown mean. */
export class Calibrating {
  private calibration: Calibration | null = null;
  private asking = new AbortController();

  /** @param found called with what distances mean, or with `null` when that is not known any more */
  constructor(
    private readonly questions: Asker,
    private readonly found: (calibration: Calibration | null) => void,
  ) {}

  get known(): Calibration | null {
    return this.calibration;
  }

  /** @param isOther whether the list is about something else than the one before */
  begin({ query }: PanelResults, isOther: boolean): void {
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    if (isOther) this.tell(null);
    this.questions.ask('calibration', { query: query.ref }, signal).then(
      (calibration) => {
        if (!signal.aborted) this.tell(calibration);
      },
      () => {
        // The list does without: what went wrong stands in the log.
      },
    );
  }

  private tell(calibration: Calibration | null): void {
    this.calibration = calibration;
    this.found(calibration);
  }
}
