import { arrange } from '../../shared/dom';
import type { Row } from './row';

/** Positions of a list, both included; empty where `last` is below `first`. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/** Where a list of equal rows lies in the page, in pixels. */
export interface Place {
  /** From the top of the window to the top of the list: negative once it has been scrolled. */
  readonly top: number;
  readonly rowHeight: number;
  readonly length: number;
}

/** The rows between two heights of the window, with `beyond` rows more at either end, so that scrolling meets them drawn. */
export function rowsBetween({ top, rowHeight, length }: Place, from: number, to: number, beyond = 0): Sight {
  const first = Math.floor((from - top) / rowHeight) - beyond;
  const last = Math.ceil((to - top) / rowHeight) - 1 + beyond;
  return { first: Math.max(0, first), last: Math.min(length - 1, last) };
}

/** By how many pixels to scroll so that a row lies between two heights of the window: 0 if it does. */
export function scrollInto({ top, rowHeight }: Place, position: number, from: number, to: number): number {
  const start = top + position * rowHeight;
  if (start < from) return start - from;
  return Math.max(0, Math.min(start - from, start + rowHeight - to));
}

/** The rows in sight, and the active one wherever it is: removing it would drop the focus. */
export function positionsIn({ first, last }: Sight, active: number, length: number): Set<number> {
  const positions = new Set<number>();
  for (let position = first; position <= last; position++) positions.add(position);
  if (active < length) positions.add(active);
  return positions;
}

/** The rows that exist, in the order of their positions. Those that are no longer wanted show others later. */
export class DrawnRows {
  private readonly rows = new Map<number, Row>();
  private readonly spare: Row[] = [];

  constructor(
    private readonly body: HTMLElement,
    private readonly make: () => Row,
  ) {}

  /** Lets rows exist at exactly these positions, and `show` draw each. */
  draw(wanted: ReadonlySet<number>, show: (row: Row, position: number) => void): void {
    for (const [position, row] of this.rows) {
      if (wanted.has(position)) continue;
      this.rows.delete(position);
      row.node.remove();
      this.spare.push(row);
    }
    for (const position of wanted) {
      const row = this.rows.get(position) ?? this.spare.pop() ?? this.make();
      this.rows.set(position, row);
      show(row, position);
    }
    const inOrder = [...this.rows.values()].sort((a, b) => a.position - b.position);
    arrange(
      this.body,
      inOrder.map(({ node }) => node),
    );
  }

  at(position: number): Row | undefined {
    return this.rows.get(position);
  }

  /** The position of the row that holds a node. */
  positionOf(target: EventTarget | null): number | null {
    if (!(target instanceof Node)) return null;
    return [...this.rows.values()].find(({ node }) => node.contains(target))?.position ?? null;
  }
}
