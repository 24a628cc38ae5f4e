import type { EncoderDescription } from '../../core/encoder/description';
import { hopOf, leaveOut, overlap, windowsOf } from '../../core/encoder/windowGrid';
import { keptSheets, type ByteQuery } from '../../core/ranking/byteQuery';
import { cheapest, climb, refine, remembered, type Moved } from '../../core/ranking/moving';
import { WindowKernel } from '../../core/ranking/windowKernel';
import { scaledBy } from './comparedAs';
import type { Tasks, WindowsOfPart } from './tasks';

/** So many values of a feature are enough to see where a window moves by single time steps. */
const roughValues = 512;

/** The work on parts of recordings whose features are known as bytes. */
export class OpenTasks {
  private made: WindowKernel | undefined;

  /** See `Tasks`. */
  estimate(
    description: EncoderDescription,
    { query, parts }: Parameters<Tasks['estimate']>[0],
    signal: AbortSignal,
  ): readonly Float32Array[] {
    const sheets = keptSheets(description);
    return parts.map(({ sequence: { steps, length, without }, open: { part, features, comparedSteps, ratio } }) => {
      signal.throwIfAborted();
      const windows = windowsOf(steps, length, part);
      const spans = windows.map((window) => scaledBy(ratio, comparedSteps, window));
      const estimates = this.kernel.estimates(sheets, query, features, { spans, steps: comparedSteps });
      leaveOut(without, windows, estimates);
      return estimates;
    });
  }

  /** See `Tasks`. */
  move(
    description: EncoderDescription,
    { query, by, parts }: Parameters<Tasks['move']>[0],
    signal: AbortSignal,
  ): readonly (readonly Moved[])[] {
    return parts.map((part) => {
      signal.throwIfAborted();
      const { steps, length } = part.sequence;
      const { start: first, end } = part.open.part;
      const exactly = remembered(this.costIn(description, query, part));
      const roughly = remembered(this.costIn(description, query, part, roughValues));
      const grid = windowsOf(steps, length, part.open.part).map(({ start }) => start);
      return part.starts.map((start) => {
        if (by === 'grid') return climb(grid, start, exactly);
        const { start: finest } = refine(start, hopOf(length), { start: first, end: end - length }, roughly);
        return cheapest([start, finest], exactly);
      });
    });
  }

  /** See `Tasks`. */
  measure(
    description: EncoderDescription,
    { query, parts }: Parameters<Tasks['measure']>[0],
    signal: AbortSignal,
  ): readonly Float64Array[] {
    return parts.map((part) => {
      const { steps, length } = part.sequence;
      const costOf = this.costIn(description, query, part);
      return Float64Array.from(windowsOf(steps, length, part.open.part), ({ start }) => {
        signal.throwIfAborted();
        return costOf(start);
      });
    });
  }

  private costIn(
    description: EncoderDescription,
    query: ByteQuery,
    { sequence, open }: WindowsOfPart,
    most = Infinity,
  ): (start: number) => number {
    const { length, without } = sequence;
    const { features, comparedSteps, ratio } = open;
    const sheets = keptSheets(description);
    return (start) => {
      const window = { start, end: start + length };
      if (without !== null && overlap(without, window)) return Infinity;
      return this.kernel.cost(sheets, query, features, scaledBy(ratio, comparedSteps, window), comparedSteps, most);
    };
  }

  private get kernel(): WindowKernel {
    return (this.made ??= new WindowKernel());
  }
}
