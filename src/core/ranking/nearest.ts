/** A row of a gallery and its distance to the query. */
export interface Neighbour {
  readonly row: number;
  readonly distance: number;
}

/** The k nearest rows met so far: a heap with the farthest of them on top. Ties are broken by the lower row. */
export class NearestRows {
  private readonly heap: Neighbour[] = [];

  constructor(private readonly k: number) {}

  /** A row can only be among the nearest if its distance is not above this. */
  get threshold(): number {
    return this.heap.length < this.k ? Infinity : (this.heap[0]?.distance ?? -Infinity);
  }

  offer(row: number, distance: number): void {
    const item = { row, distance };
    if (this.heap.length < this.k) {
      this.heap.push(item);
      this.up(this.heap.length - 1);
    } else if (this.k > 0 && farther(this.heap[0]!, item)) {
      this.heap[0] = item;
      this.down(0);
    }
  }

  /** Nearest first. */
  sorted(): readonly Neighbour[] {
    return [...this.heap].sort((a, b) => (farther(a, b) ? 1 : -1));
  }

  private up(start: number): void {
    for (let i = start; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!farther(this.heap[i]!, this.heap[parent]!)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  private down(start: number): void {
    for (let i = start; ;) {
      let farthest = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.heap.length && farther(this.heap[child]!, this.heap[farthest]!)) farthest = child;
      }
      if (farthest === i) return;
      this.swap(i, farthest);
      i = farthest;
    }
  }

  private swap(i: number, j: number): void {
    [this.heap[i], this.heap[j]] = [this.heap[j]!, this.heap[i]!];
  }
}

function farther(a: Neighbour, b: Neighbour): boolean {
  return a.distance > b.distance || (a.distance === b.distance && a.row > b.row);
}
