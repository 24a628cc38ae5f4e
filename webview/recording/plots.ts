import type { FromRecordingPage } from '../../src/protocol/recordingPage';
import type { Span } from '../../src/protocol/explanation';
import type { RecordingView } from '../../src/protocol/recordings';
import type { Asker } from '../shared/ask';
import { element } from '../shared/dom';
import { formatCount, formatNumber } from '../shared/format';
import { t } from '../shared/l10n';
import { keyOf } from '../shared/memory';
import { savePlot } from '../shared/plots/drawing';
import { PlotGroup } from '../shared/plots/plotGroup';
import type { TimeWindow } from '../shared/plots/viewport';
import { ChannelTable } from './channelTable';
import { CursorValues } from './cursorValues';
import { Player } from './player';
import { canBeHeard } from '../shared/sound';
import { hasSpectrogram, SpectrogramLane } from './spectrogramLane';

export interface PlotsParts {
  readonly asker: Asker;
  readonly post: (message: FromRecordingPage) => void;
  readonly announce: (text: string) => void;
  /** Another stretch is shown; `null` for all of it. */
  readonly navigated: (window: TimeWindow | null) => void;
}

/** The curves of the sequence that is shown, and its channels beside them. */
export class RecordingPlots {
  readonly node = element('div', { class: 'recording-plots' });
  readonly channels = element('div');
  private group: PlotGroup | null = null;
  private values: CursorValues | null = null;
  private player: Player | null = null;
  private spectrogram: SpectrogramLane | null = null;
  private drawn = '';
  private version = 0;

  constructor(private readonly parts: PlotsParts) {}

  /** @param version grows whenever the file may hold something else */
  show(view: RecordingView, version: number, start: TimeWindow | null): void {
    const { summary, units, problem } = view;
    const key = JSON.stringify([keyOf(summary.ref), summary.steps, summary.rate, summary.channels, units, problem]);
    if (key === this.drawn) {
      if (version !== this.version) {
        this.group?.refresh();
        this.spectrogram?.follow();
      }
      this.version = version;
      return;
    }
    [this.drawn, this.version] = [key, version];
    this.group?.destroy();
    [this.player, this.spectrogram] = [null, null];
    [this.group, this.values] = [null, null];
    this.channels.replaceChildren();
    this.node.replaceChildren();
    if (problem === null) this.draw(view, start);
  }

  /** Selects a stretch, once it is drawn. */
  mark(span: Span): void {
    this.group?.selecting?.mark(span);
  }

  private draw(view: RecordingView, start: TimeWindow | null): void {
    const { asker } = this.parts;
    const { summary } = view;
    let changed = (): void => undefined;
    const table = new ChannelTable(view, {
      changed: () => {
        changed();
      },
      arranged: (arrangement) => this.group?.arrange(arrangement),
    });
    const group: PlotGroup = new PlotGroup({
      ...{ asker, sequences: [summary], arrangement: 'overlay', withStrips: false, withOverview: true, start },
      units: view.units,
      legend: (_, rebuild) => {
        changed = rebuild;
        return table;
      },
      announce: this.parts.announce,
      navigated: () => {
        const { window, extent } = group;
        const isAll = window.start === extent.start && window.end === extent.end;
        this.parts.navigated(isAll ? null : window);
        this.spectrogram?.follow();
      },
      pointed: (at) => {
        if (at !== null) this.values?.at(group.timed && summary.rate !== null ? at * summary.rate : at);
      },
      search: this.parts.post,
      save: (format, of) => {
        savePlot(this.parts.post, format, of);
      },
    });
    this.values = new CursorValues(asker, summary, group.closed, (step, values) => {
      table.say(placeText(step, group.timed ? summary.rate : null), values);
    });
    this.group = group;
    this.player = canBeHeard(summary) ? new Player(asker, summary, group, this.parts.announce) : null;
    this.channels.replaceChildren(table.section);
    this.spectrogram = hasSpectrogram(summary) ? new SpectrogramLane(asker, summary, group) : null;
    const tools = [
      ...(this.player?.node ? [this.player.node] : []),
      ...(this.spectrogram ? [this.spectrogram.button] : []),
    ];
    const below = this.spectrogram === null ? [] : [this.spectrogram.node];
    this.node.replaceChildren(element('div', { class: 'recording-tools' }, ...tools), group.node, ...below);
  }
}

function placeText(step: number, rate: number | null): string {
  return rate === null ? t('at step {0}', formatCount(step)) : t('at {0} s', formatNumber(step / rate, 6));
}
