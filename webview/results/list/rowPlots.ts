import type { SequenceRef } from '../../../src/protocol/engine';
import type { Plot } from '../../../src/protocol/explanation';
import type { Asker } from '../../shared/ask';
import { messageOf } from '../../shared/format';
import { keyOf } from '../../shared/memory';
import { mostLanes, type RowPlot } from './rowPlot';

/** Plots that are kept for rows that come back into sight. */
const mostKept = 600;

/** Milliseconds without scrolling after which the rows in sight are worth reading their files for. */
const restTime = 120;

/** A plot as it came, or why there is none. */
interface Kept {
  readonly plot: Plot | null;
  readonly problem: string;
  readonly columns: number;
}

interface Awaited {
  readonly columns: number;
  readonly running: AbortController;
}

/** Draws the plots of the rows in sight: from memory, or as soon as the list rests and the extension has sent them. */
export class RowPlots {
  private readonly shown = new Map<RowPlot, SequenceRef>();
  private readonly kept = new Map<string, Kept>();
  private readonly awaited = new Map<string, Awaited>();
  private timer = 0;

  constructor(private readonly asker: Asker) {
    window.addEventListener('resize', () => {
      this.askSoon();
    });
  }

  /** The plot now stands for this recording. */
  show(plot: RowPlot, ref: SequenceRef): void {
    this.shown.set(plot, ref);
    const known = this.kept.get(keyOf(ref));
    if (known !== undefined) put(plot, known);
    this.askSoon();
  }

  /** Asks for what is missing once nothing has moved for a moment. */
  askSoon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.look();
    }, restTime);
  }

  /** Forgets what is kept, because the files may have changed; what is drawn stays until it comes again. */
  refresh(): void {
    this.kept.clear();
    for (const { running } of this.awaited.values()) running.abort();
    this.awaited.clear();
    this.askSoon();
  }

  /** Gives up what is no longer in sight, and asks for what is missing. */
  private look(): void {
    const drawn = [...this.shown].filter(([plot]) => plot.canvas.isConnected);
    const inSight = new Set(drawn.map(([, ref]) => keyOf(ref)));
    for (const [key, { running }] of this.awaited) {
      if (inSight.has(key)) continue;
      running.abort();
      this.awaited.delete(key);
    }
    for (const [plot, ref] of drawn) {
      const key = keyOf(ref);
      const columns = columnsFor(plot.canvas.clientWidth, window.devicePixelRatio);
      const known = Math.max(this.awaited.get(key)?.columns ?? 0, this.kept.get(key)?.columns ?? 0);
      if (needsOther(known, columns)) this.ask(ref, columns);
    }
  }

  private ask(ref: SequenceRef, columns: number): void {
    const key = keyOf(ref);
    this.awaited.get(key)?.running.abort();
    const running = new AbortController();
    this.awaited.set(key, { columns, running });
    this.asker.ask('plot', { ref, columns, channels: mostLanes }, running.signal).then(
      (plot) => {
        this.receive(key, { plot, problem: '', columns });
      },
      (error: unknown) => {
        if (!running.signal.aborted) this.receive(key, { plot: null, problem: messageOf(error), columns });
      },
    );
  }

  private receive(key: string, came: Kept): void {
    this.awaited.delete(key);
    this.kept.delete(key);
    this.kept.set(key, came);
    const tooMany = Math.max(0, this.kept.size - mostKept);
    for (const oldest of [...this.kept.keys()].slice(0, tooMany)) this.kept.delete(oldest);
    for (const [plot, ref] of this.shown) if (keyOf(ref) === key) put(plot, came);
  }
}

function put(row: RowPlot, { plot, problem }: Kept): void {
  if (plot === null) row.fail(problem);
  else row.draw(plot);
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
