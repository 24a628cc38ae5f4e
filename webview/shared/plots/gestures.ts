import { lengthOf, panned, plotCommand, zoomed, type PlotCommand, type TimeWindow } from './viewport';

/** What gestures work on. */
export interface Navigable {
  readonly window: TimeWindow;
  readonly extent: TimeWindow;
  /** The shortest stretch that makes sense. */
  readonly least: number;
  /** Where on the axis the pointer is. */
  at(event: MouseEvent): number;
  go(window: TimeWindow): void;
  command(command: PlotCommand): void;
}

/**
 * The wheel zooms with Ctrl, or once the plot has the focus, and pans with Shift or sideways; without the focus it
 * scrolls the page, so that nobody is caught in a plot. Dragging with Alt, or with the middle button, pans.
 */
export function bindGestures(node: HTMLElement, areas: HTMLElement, target: Navigable): void {
  areas.addEventListener(
    'wheel',
    (event) => {
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      const focused = node.contains(document.activeElement);
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
        event.preventDefault();
        target.go(panned(target.window, sideways / 800, target.extent));
      } else if (event.ctrlKey || event.metaKey || focused) {
        event.preventDefault();
        target.go(zoomed(target.window, 1.0018 ** event.deltaY, target.at(event), target.extent, target.least));
      }
    },
    { passive: false },
  );
  areas.addEventListener('dblclick', () => {
    target.go(target.extent);
  });
  areas.addEventListener(
    'mousedown',
    (event) => {
      node.focus({ preventScroll: true });
      if (!event.altKey && event.button !== 1) return;
      event.preventDefault();
      event.stopPropagation();
      pan(event, target);
    },
    { capture: true },
  );
  node.addEventListener('keydown', (event) => {
    if (event.target !== node) return;
    const command = plotCommand(event);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    target.command(command);
  });
}

function pan(down: MouseEvent, target: Navigable): void {
  const { window: before, extent } = target;
  const from = target.at(down);
  const perPixel = (target.at(new MouseEvent('mousemove', { clientX: down.clientX + 100 })) - from) / 100;
  const moved = (event: MouseEvent): void => {
    const by = (down.clientX - event.clientX) * perPixel;
    target.go(panned(before, by / lengthOf(before), extent));
  };
  const ended = (): void => {
    document.removeEventListener('mousemove', moved);
    document.removeEventListener('mouseup', ended);
  };
  document.addEventListener('mousemove', moved);
  document.addEventListener('mouseup', ended);
}
