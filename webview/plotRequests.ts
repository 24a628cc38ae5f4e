import type { FromWebview, ToWebview } from '../src/protocol/panel';
import type { SequenceRef } from '../src/protocol/engine';
import { keyOf } from './memory';
import type { PlotView } from './plotView';

interface Wanted {
  readonly ref: SequenceRef;
  readonly view: PlotView;
  near: boolean;
  /** The columns that were asked for last, 0 if none were. */
  asked: number;
}

/** Asks for the plots that come near the viewport, in the resolution that they are shown in, and hands them out. */
export interface PlotRequests {
  watch(ref: SequenceRef, view: PlotView): void;
  unwatch(view: PlotView): void;
  /** Asks again for a plot whose sequence may have changed; the old curve stays until the new one arrives. */
  refresh(view: PlotView): void;
  receive(message: Extract<ToWebview, { type: 'plot' | 'plotFailed' }>): void;
}

export function plotRequests(post: (message: FromWebview) => void): PlotRequests {
  const byCanvas = new Map<Element, Wanted>();
  const ask = (wanted: Wanted): void => {
    const columns = columnsFor(wanted.view.canvas.clientWidth, window.devicePixelRatio);
    if (!wanted.near || !needsOther(wanted.asked, columns)) return;
    wanted.asked = columns;
    post({ type: 'plot', ref: wanted.ref, columns });
  };
  const nearness = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const wanted = byCanvas.get(entry.target);
        if (wanted === undefined) continue;
        wanted.near = entry.isIntersecting;
        ask(wanted);
      }
    },
    { rootMargin: '400px 0px' },
  );
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const wanted = byCanvas.get(entry.target);
      if (wanted !== undefined) ask(wanted);
    }
  });
  return {
    watch: (ref, view) => {
      byCanvas.set(view.canvas, { ref, view, near: false, asked: 0 });
      nearness.observe(view.canvas);
      sizes.observe(view.canvas);
    },
    unwatch: (view) => {
      byCanvas.delete(view.canvas);
      nearness.unobserve(view.canvas);
      sizes.unobserve(view.canvas);
    },
    refresh: (view) => {
      const wanted = byCanvas.get(view.canvas);
      if (wanted === undefined) return;
      wanted.asked = 0;
      ask(wanted);
    },
    receive: (message) => {
      const key = keyOf(message.type === 'plot' ? message.plot.ref : message.ref);
      for (const { ref, view } of byCanvas.values()) {
        if (keyOf(ref) !== key) continue;
        if (message.type === 'plot') view.draw(message.plot);
        else view.fail(message.message);
      }
    },
  };
}

/** Pixel columns for a canvas of `width` CSS pixels: at most two a CSS pixel, and no more than the host allows. */
export function columnsFor(width: number, pixelRatio: number): number {
  return Math.max(1, Math.min(4096, Math.round(width * Math.min(2, Math.max(1, pixelRatio)))));
}

/** Whether a plot in `asked` columns would look coarse, or be much too fine, when it is shown in `columns`. */
export function needsOther(asked: number, columns: number): boolean {
  if (columns <= 1) return false;
  return asked === 0 || columns > asked * 1.3 || columns < asked / 2;
}
