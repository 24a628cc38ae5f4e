import { element } from '../dom';
import { t } from '../l10n';
import { followPointer } from './followPointer';
import { rightMargin } from './lane';
import { axisWidth } from './scales';
import { lengthOf, within, type TimeWindow } from './viewport';

/** The plot on which a stretch is selected. */
export interface StretchTarget {
  readonly window: TimeWindow;
  /** Of the recording in which it lies. */
  readonly own: TimeWindow;
  /** The shortest stretch that makes sense. */
  readonly least: number;
  /** Where the axis is drawn; its positioned parent holds what marks the stretch. */
  readonly lanes: HTMLElement;
  at(event: MouseEvent): number;
  timeText(at: number): string;
}

export interface StretchEvents {
  /** Another stretch is selected, or none. */
  changed(stretch: TimeWindow | null): void;
  /** It is to be searched for. */
  accepted(): void;
  /** It was given up by key. */
  left(): void;
}

/** Which part of a stretch is moved. */
type Grip = 'start' | 'whole' | 'end';

/** How far a key moves, as a share of what is in sight; with Shift ten times as far. */
const keyShare = 0.005;

/** A stretch of a recording that is selected on its plot: it can be moved and resized by the mouse and by keys. */
export class Stretch {
  readonly node: HTMLElement;
  private readonly grips: Readonly<Record<Grip, HTMLElement>>;
  private selected: TimeWindow | null = null;

  constructor(
    private readonly target: StretchTarget,
    private readonly events: StretchEvents,
  ) {
    this.grips = {
      whole: this.grip('whole', t('Selected stretch')),
      start: this.grip('start', t('Start of the selected stretch')),
      end: this.grip('end', t('End of the selected stretch')),
    };
    this.node = element('div', { class: 'stretch' }, ...Object.values(this.grips));
    this.node.hidden = true;
  }

  get current(): TimeWindow | null {
    return this.selected;
  }

  /** Selects a stretch, as far as it lies in the recording; `null` for none. */
  set(stretch: TimeWindow | null): void {
    this.selected = stretch === null ? null : this.fitted(stretch);
    this.place();
    this.events.changed(this.selected);
  }

  /** Selects the middle of what is in sight, if nothing is selected, and takes the keyboard's focus. */
  begin(): void {
    const { window } = this.target;
    const third = lengthOf(window) / 3;
    if (this.selected === null) this.set({ start: window.start + third, end: window.end - third });
    this.grips.whole.focus({ preventScroll: true });
  }

  /** Draws it where it lies now. */
  place(): void {
    const { window, lanes } = this.target;
    const width = lanes.clientWidth - axisWidth - rightMargin;
    this.node.hidden = this.selected === null || width <= 0;
    if (this.selected === null || width <= 0) return;
    const x = (at: number): number => Math.min(Math.max((at - window.start) / lengthOf(window), 0), 1) * width;
    const { start, end } = this.selected;
    this.node.style.left = `${lanes.offsetLeft + axisWidth + x(start)}px`;
    this.node.style.width = `${x(end) - x(start)}px`;
    this.grips.start.hidden = start < window.start || start > window.end;
    this.grips.end.hidden = end < window.start || end > window.end;
    this.grips.whole.hidden = end <= window.start || start >= window.end;
    this.describe(this.selected);
  }

  private describe({ start, end }: TimeWindow): void {
    const { target } = this;
    const [from, to] = [target.timeText(start), target.timeText(end)];
    const texts = { start: from, end: to, whole: t('{0} to {1}', from, to) };
    const values = { start, end, whole: start };
    for (const grip of ['start', 'end', 'whole'] as const) {
      const node = this.grips[grip];
      node.setAttribute('aria-valuemin', String(target.own.start));
      node.setAttribute('aria-valuemax', String(target.own.end));
      node.setAttribute('aria-valuenow', String(values[grip]));
      node.setAttribute('aria-valuetext', texts[grip]);
    }
  }

  private grip(grip: Grip, label: string): HTMLElement {
    const attributes = { class: `grip grip-${grip}`, role: 'slider', tabindex: '0', 'aria-label': label, title: label };
    const node = element('div', attributes);
    node.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      node.focus({ preventScroll: true });
      this.drag(grip, event);
    });
    node.addEventListener('mousedown', (event) => {
      event.stopPropagation();
    });
    node.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !this.key(grip, event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    return node;
  }

  private key(grip: Grip, { key, shiftKey }: KeyboardEvent): boolean {
    const by = keyShare * (shiftKey ? 10 : 1) * lengthOf(this.target.window);
    if (key === 'ArrowLeft') this.moveBy(grip, -by);
    else if (key === 'ArrowRight') this.moveBy(grip, by);
    else if (key === 'Enter') this.events.accepted();
    else if (key === 'Escape') {
      this.set(null);
      this.events.left();
    } else return false;
    return true;
  }

  private drag(grip: Grip, down: PointerEvent): void {
    let from = this.target.at(down);
    const moved = (event: PointerEvent): void => {
      const at = this.target.at(event);
      this.moveBy(grip, at - from);
      from = at;
    };
    followPointer(moved);
  }

  private moveBy(grip: Grip, by: number): void {
    const { selected } = this;
    if (selected === null) return;
    const { own, least } = this.target;
    const { start, end } = selected;
    if (grip === 'whole') this.set(within({ start: start + by, end: end + by }, own));
    else if (grip === 'start') this.set({ start: Math.min(Math.max(start + by, own.start), end - least), end });
    else this.set({ start, end: Math.max(Math.min(end + by, own.end), start + least) });
  }

  private fitted({ start, end }: TimeWindow): TimeWindow | null {
    const { own, least } = this.target;
    const inside = { start: Math.max(start, own.start), end: Math.min(end, own.end) };
    if (lengthOf(inside) >= least) return inside;
    return inside.end <= inside.start ? null : within({ start: inside.start, end: inside.start + least }, own);
  }
}
