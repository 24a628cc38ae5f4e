import type { Plot } from '../../../src/protocol/explanation';
import type { SequenceRef } from '../../../src/protocol/engine';
import type { Asker } from '../../shared/ask';
import { keyOf } from '../../shared/memory';
import { columnsFor, needsOther } from '../../shared/plots/plotColumns';
import { mostLanes, type RowPlot } from './rowPlot';

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
}

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

export function rowPlots(asker: Asker): RowPlots {
  const shown = new Map<RowPlot, SequenceRef>();
  const kept = new Map<string, Kept>();
  const awaited = new Map<string, Awaited>();
  let timer = 0;

  const put = (row: RowPlot, { plot, problem }: Kept): void => {
    if (plot === null) row.fail(problem);
    else row.draw(plot);
  };
  const receive = (key: string, came: Kept): void => {
    awaited.delete(key);
    kept.delete(key);
    kept.set(key, came);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(oldest);
    for (const [row, ref] of shown) if (keyOf(ref) === key) put(row, came);
  };
  const ask = (ref: SequenceRef, columns: number): void => {
    const key = keyOf(ref);
    awaited.get(key)?.running.abort();
    const running = new AbortController();
    awaited.set(key, { columns, running });
    asker.ask('plot', { ref, columns, channels: mostLanes }, running.signal).then(
      (plot) => {
        receive(key, { plot, problem: '', columns });
      },
      (error: unknown) => {
        if (running.signal.aborted) return;
        receive(key, { plot: null, problem: error instanceof Error ? error.message : String(error), columns });
      },
    );
  };
  /** Gives up what is no longer in sight, and asks for what is missing. */
  const look = (): void => {
    const inSight = new Set([...shown.values()].map(keyOf));
    for (const [key, { running }] of awaited) {
      if (inSight.has(key)) continue;
      running.abort();
      awaited.delete(key);
    }
    for (const [row, ref] of shown) {
      const key = keyOf(ref);
      const columns = columnsFor(row.canvas.clientWidth, window.devicePixelRatio);
      const known = Math.max(awaited.get(key)?.columns ?? 0, kept.get(key)?.columns ?? 0);
      if (needsOther(known, columns)) ask(ref, columns);
    }
  };
  const askSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(look, restTime);
  };
  window.addEventListener('resize', askSoon);

  return {
    show: (plot, ref) => {
      shown.set(plot, ref);
      const known = kept.get(keyOf(ref));
      if (known !== undefined) put(plot, known);
      askSoon();
    },
    hide: (plot) => {
      shown.delete(plot);
      askSoon();
    },
    askSoon,
    refresh: () => {
      kept.clear();
      for (const { running } of awaited.values()) running.abort();
      awaited.clear();
      askSoon();
    },
  };
}
