import type { Span } from '../../../src/protocol/explanation';
import type { FindPart, WindowsWhere } from '../../../src/protocol/windowsPage';
import { t } from '../l10n';
import type { Recording } from './recording';
import { Stretch } from './stretch';
import { stretchBar, type StretchBar } from './stretchBar';
import { lengthOf, within, type TimeWindow } from './viewport';

/** The plot on which stretches are selected. */
export interface Selectable {
  readonly recordings: readonly Recording[];
  readonly window: TimeWindow;
  readonly extent: TimeWindow;
  readonly least: number;
  readonly timed: boolean;
  at(event: MouseEvent): number;
  go(window: TimeWindow): void;
  timeText(at: number): string;
}

/** Lets a stretch of the first recording of a plot be selected and searched for. */
export class Selecting {
  private readonly stretch: Stretch;
  private readonly said: StretchBar;
  private isSelecting = false;

  constructor(
    private readonly group: Selectable,
    area: HTMLElement,
    lanes: HTMLElement,
    private readonly search: (asked: FindPart) => void,
  ) {
    const leave = (): void => {
      area.focus({ preventScroll: true });
    };
    this.stretch = new Stretch(targetOf(group, lanes), {
      changed: (window) => {
        this.said.show(window === null ? null : this.textOf(window));
      },
      accepted: () => {
        this.accept('layout');
      },
      left: leave,
    });
    this.said = stretchBar(
      (where) => {
        this.accept(where);
      },
      () => {
        this.stretch.set(null);
        leave();
      },
    );
    area.append(this.stretch.node);
    this.bind(area);
  }

  get bar(): HTMLElement {
    return this.said.node;
  }

  /** Takes a stretch that was dragged with Shift. @returns whether it did */
  takes(window: TimeWindow): boolean {
    if (this.isSelecting) this.stretch.set(window);
    return this.isSelecting;
  }

  /** Selects time steps, and shows them with as much again on either side. */
  mark({ start, end }: Span): void {
    const { group } = this;
    const [at, unit] = [group.recordings[0]?.extent.start ?? 0, this.unit()];
    const window = { start: at + start * unit, end: at + end * unit };
    const margin = lengthOf(window);
    group.go(within({ start: window.start - margin, end: window.end + margin }, group.extent));
    this.stretch.set(window);
  }

  place(): void {
    this.stretch.place();
  }

  private bind(area: HTMLElement): void {
    area.addEventListener(
      'mousedown',
      ({ shiftKey }) => {
        this.isSelecting = shiftKey;
      },
      { capture: true },
    );
    area.addEventListener('keydown', (event) => {
      if (event.target !== area || event.key !== 's' || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.stretch.begin();
    });
  }

  private accept(where: WindowsWhere): void {
    const [recording] = this.group.recordings;
    const { current } = this.stretch;
    if (recording === undefined || current === null) return;
    const { steps, ref } = recording.summary;
    const stepAt = (at: number): number => Math.round((at - recording.extent.start) / this.unit());
    const start = Math.min(Math.max(stepAt(current.start), 0), steps - 1);
    const end = Math.min(Math.max(stepAt(current.end), start + 1), steps);
    this.search({ type: 'findPart', query: ref, span: { start, end }, where });
  }

  /** How long a time step is on the axis. */
  private unit(): number {
    const rate = this.group.recordings[0]?.summary.rate ?? null;
    return this.group.timed && rate !== null ? 1 / rate : 1;
  }

  private textOf({ start, end }: TimeWindow): string {
    const { group } = this;
    const [length, from, to] = [end - start, start, end].map((at) => group.timeText(at));
    return t(
      '{0} selected ({1} to {2})',
      group.timed ? (length ?? '') : t('{0} steps', Math.round(end) - Math.round(start)),
      from ?? '',
      to ?? '',
    );
  }
}

function targetOf(group: Selectable, lanes: HTMLElement): ConstructorParameters<typeof Stretch>[0] {
  return {
    get window() {
      return group.window;
    },
    get own() {
      return group.recordings[0]?.extent ?? group.extent;
    },
    get least() {
      return group.least;
    },
    lanes,
    at: (event) => group.at(event),
    timeText: (at) => group.timeText(at),
  };
}
