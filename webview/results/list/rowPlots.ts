import type { FromWebview, ToWebview } from '../../../src/protocol/panel';
import type { SequenceRef } from '../../../src/protocol/engine';
import { keyOf } from '../../shared/memory';
import type { RowPlot } from './rowPlot';

type PlotMessage = Extract<ToWebview, { type: 'plot' | 'plotFailed' }>;

/** Plots that are kept for rows that come back into sight. */
const mostKept = 600;

/** Milliseconds without scrolling after which the rows in sight are worth reading their files for. */
const restTime = 120;

interface Kept {
  readonly message: PlotMessage;
  readonly columns: number;
}

/** Draws the plots of the rows in sight: from memory, or as soon as the list rests and the host has sent them. */
export class RowPlots {
  private readonly shown = new Map<RowPlot, SequenceRef>();
  private readonly kept = new Map<string, Kept>();
  private readonly asked = new Map<string, number>();
  private timer = 0;

  constructor(private readonly post: (message: FromWebview) => void) {
    window.addEventListener('resize', () => {
      this.askSoon();
    });
  }

  /** The plot now stands for this recording. */
  show(plot: RowPlot, ref: SequenceRef): void {
    this.shown.set(plot, ref);
    const known = this.kept.get(keyOf(ref));
    if (known !== undefined) put(plot, known.message);
    this.askSoon();
  }

  /** Asks for what is missing once nothing has moved for a moment. */
  askSoon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.ask();
    }, restTime);
  }

  /** Forgets what is kept, because the files may have changed; what is drawn stays until it comes again. */
  refresh(): void {
    this.kept.clear();
    this.asked.clear();
    this.askSoon();
  }

  receive(message: PlotMessage): void {
    const key = keyOf(message.type === 'plot' ? message.plot.ref : message.ref);
    const columns = this.asked.get(key);
    // The query's own plot is asked for elsewhere.
    if (columns === undefined) return;
    this.asked.delete(key);
    this.keep(key, { message, columns });
    for (const [plot, ref] of this.shown) if (keyOf(ref) === key) put(plot, message);
  }

  private keep(key: string, plot: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, plot);
    const tooMany = Math.max(0, this.kept.size - mostKept);
    for (const oldest of [...this.kept.keys()].slice(0, tooMany)) this.kept.delete(oldest);
  }

  private ask(): void {
    for (const [plot, ref] of this.shown) {
      const key = keyOf(ref);
      const columns = columnsFor(plot.canvas.clientWidth, window.devicePixelRatio);
      if (!needsOther(Math.max(this.asked.get(key) ?? 0, this.kept.get(key)?.columns ?? 0), columns)) continue;
      this.asked.set(key, columns);
      this.post({ type: 'plot', ref, columns });
    }
  }
}

function put(plot: RowPlot, message: PlotMessage): void {
  if (message.type === 'plot') plot.draw(message.plot);
  else plot.fail(message.message);
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
