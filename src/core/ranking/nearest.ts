/** A row of a gallery and its distance to the query. */
export interface Neighbour {
  readonly row: number;
  readonly distance: number;
}

/** The k nearest rows met so far: a heap with the farthest of them on top. */
export class NearestRows {
  private readonly heap: Neighbour[] = [];

  /** @param isBefore decides between two rows that are equally far: by default the lower one comes first */
  constructor(
    private readonly k: number,
    private readonly isBefore: (a: number, b: number) => boolean = (a, b) => a < b,
  ) {}

  /** A row can only be among the nearest if its distance is not above this. */
  get threshold(): number {
    return this.heap.length < this.k ? Infinity : (this.heap[0]?.distance ?? -Infinity);
  }

  offer(row: number, distance: number): void {
    const item = { row, distance };
    if (this.heap.length < this.k) {
      this.heap.push(item);
      this.up(item, this.heap.length - 1);
    } else {
      const [farthest] = this.heap;
      if (farthest !== undefined && this.farther(farthest, item)) this.replaceTop(item);
    }
  }

  /** Nearest first. */
  sorted(): readonly Neighbour[] {
    return [...this.heap].sort((a, b) => (this.farther(a, b) ? 1 : -1));
  }

  /** Moves an item up from its place at `start`. */
  private up(item: Neighbour, start: number): void {
    for (let i = start; i > 0;) {
      const parent = (i - 1) >> 1;
      const above = this.heap[parent];
      if (above === undefined || !this.farther(item, above)) return;
      this.heap[i] = above;
      this.heap[parent] = item;
      i = parent;
    }
  }

  private replaceTop(item: Neighbour): void {
    this.heap[0] = item;
    for (let i = 0; ;) {
      let at = i;
      let farthest = item;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        const below = this.heap[child];
        if (below === undefined || !this.farther(below, farthest)) continue;
        at = child;
        farthest = below;
      }
      if (at === i) return;
      this.heap[i] = farthest;
      this.heap[at] = item;
      i = at;
    }
  }

  private farther(a: Neighbour, b: Neighbour): boolean {
    return a.distance > b.distance || (a.distance === b.distance && this.isBefore(b.row, a.row));
  }
}
