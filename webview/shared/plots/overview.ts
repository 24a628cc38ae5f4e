import { element, svg } from '../dom';
import { t } from '../l10n';
import { followPointer } from './followPointer';
import { bandPath } from './plotPath';
import type { Recording } from './recording';
import { lengthOf, within, type TimeWindow } from './viewport';

/** What an overview shows and moves. */
export interface Overlooked {
  readonly window: TimeWindow;
  readonly extent: TimeWindow;
  go(window: TimeWindow): void;
}

const height = 40;

/** A small drawing of a whole recording with the stretch in sight, which can be dragged to another place. */
export class Overview {
  readonly node: HTMLElement;
  private readonly curve = svg('path', { class: 'overview-curve' });
  private readonly picture = svg('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true' }, this.curve);
  private readonly frame = element('div', { class: 'overview-window' });
  private drawn: unknown = null;

  constructor(private readonly target: Overlooked) {
    const label = t('The whole recording, with the stretch in sight. Drag to move it.');
    this.node = element('div', { class: 'overview', role: 'img', 'aria-label': label, title: label });
    this.node.append(this.picture, this.frame);
    this.node.addEventListener('pointerdown', (event) => {
      this.drag(event);
    });
  }

  /** @param channel the one that stands for the recording */
  draw([recording]: readonly Recording[], channel: number): void {
    const outline = recording?.outlineOf(channel) ?? null;
    if (outline !== null && outline !== this.drawn) {
      this.drawn = outline;
      this.picture.setAttribute('viewBox', `0 0 ${outline.minimum.length} ${height}`);
      this.curve.setAttribute('d', bandPath(outline.minimum, outline.maximum, { top: 2, height: height - 4 }));
    }
    const { window, extent } = this.target;
    const percent = (share: number): string => `${Math.round(share * 1e4) / 100}%`;
    this.frame.style.insetInlineStart = percent((window.start - extent.start) / lengthOf(extent));
    this.frame.style.width = percent(lengthOf(window) / lengthOf(extent));
  }

  private drag(down: PointerEvent): void {
    down.preventDefault();
    const { window, extent } = this.target;
    const at = (event: PointerEvent): number => {
      const { left, width } = this.node.getBoundingClientRect();
      return extent.start + ((event.clientX - left) / Math.max(1, width)) * lengthOf(extent);
    };
    const from = at(down);
    // A press beside the stretch brings it there, and one on it takes hold of it.
    const isOn = from >= window.start && from <= window.end;
    const grip = isOn ? from - window.start : lengthOf(window) / 2;
    const moved = (event: PointerEvent): void => {
      const start = at(event) - grip;
      this.target.go(within({ start, end: start + lengthOf(window) }, extent));
    };
    if (!isOn) moved(down);
    followPointer(moved);
  }
}
