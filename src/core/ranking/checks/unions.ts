/** Sets of numbers that are united step by step (Tarjan 1975, with path halving and union by size). */
export class Unions {
  private readonly parent: Uint32Array;
  private readonly sizes: Uint32Array;

  /** @param count the numbers from 0 to `count` - 1, each in a set of its own */
  constructor(count: number) {
    this.parent = Uint32Array.from({ length: count }, (_, i) => i);
    this.sizes = new Uint32Array(count).fill(1);
  }

  /** The number that stands for the set of another. */
  find(number: number): number {
    let at = number;
    while (this.parent[at]! !== at) {
      const above = this.parent[this.parent[at]!]!;
      this.parent[at] = above;
      at = above;
    }
    return at;
  }

  sizeOf(number: number): number {
    return this.sizes[this.find(number)]!;
  }

  /** @returns whether they were in different sets */
  unite(a: number, b: number): boolean {
    const [one, other] = [this.find(a), this.find(b)];
    if (one === other) return false;
    const [large, small] = this.sizes[one]! >= this.sizes[other]! ? [one, other] : [other, one];
    this.parent[small] = large;
    this.sizes[large]! += this.sizes[small]!;
    return true;
  }

  /** The sets, each in order, by their smallest numbers. */
  sets(): readonly (readonly number[])[] {
    const byRoot = new Map<number, number[]>();
    for (let number = 0; number < this.parent.length; number++) {
      const root = this.find(number);
      const members = byRoot.get(root);
      if (members === undefined) byRoot.set(root, [number]);
      else members.push(number);
    }
    return [...byRoot.values()];
  }
}
