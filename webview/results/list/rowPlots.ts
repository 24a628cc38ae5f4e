import type { FromWebview, ToWebview } from '../../../src/protocol/panel';
import type { SequenceRef } from '../../../src/protocol/engine';
import { keyOf } from '../../shared/memory';
import { columnsFor, needsOther } from '../../shared/plots/plotColumns';
import type { RowPlot } from './rowPlot';

type PlotMessage = Extract<ToWebview, { type: 'plot' | 'plotFailed' }>;

/** Plots that are kept for rows that come back into sight. */
const mostKept = 600;

/** Milliseconds without scrolling after which the rows in sight are worth reading their files for. */
const restTime = 120;

/** Draws the plots of the rows in sight: from memory, or as soon as the list rests and the host has sent them. */
export interface RowPlots {
  /** The plot now stands for this recording. */
  show(plot: RowPlot, ref: SequenceRef): void;
  /** The plot stands for nothing. */
  hide(plot: RowPlot): void;
  /** Asks for what is missing once nothing has moved for a moment. */
  askSoon(): void;
  /** Forgets what is kept, because the files may have changed; what is drawn stays until it comes anew. */
  refresh(): void;
  receive(message: PlotMessage): void;
}

interface Kept {
  readonly message: PlotMessage;
  readonly columns: number;
}

export function rowPlots(post: (message: FromWebview) => void): RowPlots {
  const shown = new Map<RowPlot, SequenceRef>();
  const kept = new Map<string, Kept>();
  const asked = new Map<string, number>();
  let timer = 0;

  const put = (plot: RowPlot, message: PlotMessage): void => {
    if (message.type === 'plot') plot.draw(message.plot);
    else plot.fail(message.message);
  };
  const ask = (): void => {
    for (const [plot, ref] of shown) {
      const key = keyOf(ref);
      const columns = columnsFor(plot.canvas.clientWidth, window.devicePixelRatio);
      if (!needsOther(Math.max(asked.get(key) ?? 0, kept.get(key)?.columns ?? 0), columns)) continue;
      asked.set(key, columns);
      post({ type: 'plot', ref, columns });
    }
  };
  const askSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, restTime);
  };
  window.addEventListener('resize', askSoon);

  return {
    show: (plot, ref) => {
      shown.set(plot, ref);
      const known = kept.get(keyOf(ref));
      if (known !== undefined) put(plot, known.message);
      askSoon();
    },
    hide: (plot) => {
      shown.delete(plot);
    },
    askSoon,
    refresh: () => {
      kept.clear();
      asked.clear();
      askSoon();
    },
    receive: (message) => {
      const key = keyOf(message.type === 'plot' ? message.plot.ref : message.ref);
      const columns = asked.get(key);
      // The query's own plot is asked for elsewhere.
      if (columns === undefined) return;
      asked.delete(key);
      kept.delete(key);
      kept.set(key, { message, columns });
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(oldest);
      for (const [plot, ref] of shown) if (keyOf(ref) === key) put(plot, message);
    },
  };
}
