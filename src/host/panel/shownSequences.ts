import type { SequenceRef } from '../../protocol/engine';

/** The sequences that a panel has been told of: it may ask for no others. */
export class ShownSequences {
  readonly #numbersOfPath = new Map<string, Set<number>>();

  add({ path, number }: SequenceRef): void {
    const numbers = this.#numbersOfPath.get(path);
    if (numbers === undefined) this.#numbersOfPath.set(path, new Set([number]));
    else numbers.add(number);
  }

  has({ path, number }: SequenceRef): boolean {
    return this.#numbersOfPath.get(path)?.has(number) ?? false;
  }
}
