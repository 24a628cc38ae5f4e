import type { OverviewAsker } from '../asking';
import type { MapModel } from './mapModel';

/** Asks how far all points are from the one in focus, while points are coloured by that. */
export class Distances {
  private asking = new AbortController();
  private asked = '';

  constructor(
    private readonly model: MapModel,
    private readonly asker: OverviewAsker,
    private readonly layout: () => string | null,
  ) {
    model.onChange(() => {
      this.follow();
    });
  }

  private follow(): void {
    const { colourBy, list, from } = this.model;
    if (colourBy !== 'distance' || list === null || from === null) {
      this.asked = '';
      this.asking.abort();
      return;
    }
    const sequence = list.ref(from);
    const question = JSON.stringify([list.points.version, this.layout(), sequence]);
    if (question === this.asked) return;
    this.asked = question;
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    this.asker.ask('overviewDistances', { layout: this.layout(), sequence }, signal).then(
      ({ distances }) => {
        if (!signal.aborted) this.model.takeDistances(distances);
      },
      () => {
        // It is asked again with the next points; what went wrong stands in the log.
        this.asked = '';
      },
    );
  }
}
