import { arrange } from '../../shared/dom';
import type { Row } from './row';

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
