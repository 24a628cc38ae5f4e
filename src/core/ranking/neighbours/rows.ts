/** Stands for no neighbour. */
export const none = 0xffff_ffff;

/** What is kept of the neighbours of n sequences, which may become more or fewer. */
export class NeighbourRows {
  ids: Uint32Array;
  distances: Float64Array;
  /** What each sequence was embedded as, to know it again. */
  marks: BigUint64Array;
  /** 1 for a sequence that has to be searched for. */
  stale: Uint8Array;
  /** By which change each sequence was searched for last, where this process did it. */
  searched: Uint32Array;
  private rows = 0;

  /** @param width neighbours of a sequence at most; the places of those that it lacks hold `none` */
  constructor(
    readonly width: number,
    capacity = 0,
  ) {
    this.ids = new Uint32Array(capacity * width);
    this.distances = new Float64Array(capacity * width);
    this.marks = new BigUint64Array(capacity);
    this.stale = new Uint8Array(capacity);
    this.searched = new Uint32Array(capacity);
  }

  get count(): number {
    return this.rows;
  }

  /** Adds a sequence that has to be searched for. */
  push(mark: bigint): void {
    if (this.rows === this.stale.length) this.grow(Math.ceil(1.5 * this.rows) + 16);
    const row = this.rows++;
    this.marks[row] = mark;
    this.empty(row);
  }

  /** Forgets the neighbours of a sequence, which has to be searched for then. */
  empty(row: number): void {
    const from = row * this.width;
    this.ids.fill(none, from, from + this.width);
    this.distances.fill(Infinity, from, from + this.width);
    this.stale[row] = 1;
    this.searched[row] = 0;
  }

  /** Notes that a sequence was searched for. */
  settle(row: number, change: number): void {
    this.stale[row] = 0;
    this.searched[row] = change;
  }

  /** Sets a neighbour; past the width nothing is kept. */
  set(row: number, place: number, id: number, distance: number): void {
    if (place >= this.width) return;
    this.ids[row * this.width + place] = id;
    this.distances[row * this.width + place] = distance;
  }

  /** How far the last neighbour of a sequence is: `Infinity` where one more has place. */
  reach(row: number): number {
    return this.distances[row * this.width + this.width - 1]!;
  }

  has(row: number, id: number): boolean {
    const from = row * this.width;
    for (let at = from; at < from + this.width; at++) if (this.ids[at] === id) return true;
    return false;
  }

  /** Puts a neighbour in its place, if it has one. @param isBefore decides between those that are equally far */
  offer(row: number, id: number, distance: number, isBefore: (a: number, b: number) => boolean): void {
    const { width, ids, distances } = this;
    const from = row * width;
    const last = from + width - 1;
    const isNearer = (at: number) =>
      distance < distances[at]! || (distance === distances[at]! && (ids[at]! === none || isBefore(id, ids[at]!)));
    if (width === 0 || !isNearer(last)) return;
    let at = last;
    for (; at > from && isNearer(at - 1); at--) {
      ids[at] = ids[at - 1]!;
      distances[at] = distances[at - 1]!;
    }
    ids[at] = id;
    distances[at] = distance;
  }

  /**
   * Takes sequences out, which gives those after them other numbers.
   * @param next for each sequence its number from now on, or `none` for one that goes
   */
  renumber(next: Uint32Array): void {
    const { width, ids, distances, marks, stale, searched } = this;
    for (let row = 0; row < this.rows; row++) {
      const to = next[row]!;
      if (to === none) continue;
      const [from, end] = [row * width, (row + 1) * width];
      distances.copyWithin(to * width, from, end);
      for (let j = 0; j < width; j++) {
        const id = ids[from + j]!;
        ids[to * width + j] = id === none ? none : next[id]!;
      }
      marks[to] = marks[row]!;
      stale[to] = stale[row]!;
      searched[to] = searched[row]!;
    }
    this.rows = next.subarray(0, this.rows).reduce((sum, to) => sum + (to === none ? 0 : 1), 0);
  }

  private grow(capacity: number): void {
    const { width, ids, distances, marks, stale, searched } = this;
    this.ids = new Uint32Array(capacity * width);
    this.distances = new Float64Array(capacity * width);
    this.marks = new BigUint64Array(capacity);
    this.stale = new Uint8Array(capacity);
    this.ids.set(ids);
    this.distances.set(distances);
    this.marks.set(marks);
    this.stale.set(stale);
    this.searched = new Uint32Array(capacity);
    this.searched.set(searched);
  }
}
