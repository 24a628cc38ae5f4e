import type { SequenceSummary } from '../../src/protocol/engine';
import type { FromReadingPage, ReadingState } from '../../src/protocol/readingPage';
import type { Asker } from '../shared/ask';
import { element } from '../shared/dom';
import { t } from '../shared/l10n';
import { savePlot } from '../shared/plots/drawing';
import { PlotGroup } from '../shared/plots/plotGroup';

/** The plot of one sequence of the file, as it is read now. */
export class PreviewPlot {
  readonly node = element('div');
  private state: ReadingState | null = null;
  private group: PlotGroup | null = null;
  private drawn = '';
  private chosen = 0;
  private wasReading = false;

  constructor(
    private readonly asker: Asker,
    private readonly post: (message: FromReadingPage) => void,
    private readonly announce: (text: string) => void,
  ) {}

  /** The number of the sequence that is drawn. */
  get shown(): number {
    const count = this.state?.description?.sequences.length ?? 0;
    return this.chosen < count ? this.chosen : 0;
  }

  choose(number: number): void {
    this.chosen = number;
    if (this.state !== null) this.show(this.state);
  }

  show(state: ReadingState): void {
    this.state = state;
    const summary = summaryOf(state, this.shown);
    // While the file is read again, what is drawn stays.
    const isReadAgain = this.wasReading && !state.reading;
    this.wasReading = state.reading;
    if (state.reading) return;
    const key = JSON.stringify([summary, state.decisions]);
    if (key === this.drawn) {
      if (isReadAgain) this.group?.refresh();
      return;
    }
    this.drawn = key;
    this.group?.destroy();
    this.group = null;
    if (summary === null) {
      this.node.replaceChildren(element('p', { class: 'dim' }, t('There is nothing to draw.')));
      return;
    }
    this.group = new PlotGroup({
      asker: this.asker,
      sequences: [summary],
      arrangement: 'overlay',
      withStrips: false,
      announce: this.announce,
      save: (format, group) => {
        savePlot(this.post, format, group);
      },
    });
    this.node.replaceChildren(this.group.node);
  }
}

/** A sequence as plots want it; one that cannot be used has no curves. */
function summaryOf({ rules, description }: ReadingState, number: number): SequenceSummary | null {
  const sequence = description?.sequences[number];
  if (rules === null || description === null || sequence === undefined) return null;
  if (sequence.problem !== undefined || sequence.steps === 0) return null;
  return {
    ref: { path: rules.path, number },
    file: rules.file,
    siblings: description.sequenceCount,
    format: description.format,
    name: sequence.name,
    label: sequence.label,
    channels: sequence.channels.map(({ name }) => name),
    steps: sequence.steps,
    rate: sequence.rate,
    covered: 1,
    notes: [],
    doubts: [],
  };
}
