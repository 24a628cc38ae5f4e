import * as v from 'valibot';
import { sequenceRef, type SequenceRef, type SequenceSummary } from '../../protocol/sequences';

/** What a panel must know of a sequence to ask for it. */
export type ShownSequence = Pick<SequenceSummary, 'ref' | 'file' | 'channels'>;

/** The sequences that a panel has been told of: it may ask for no others. */
export class ShownSequences {
  readonly #shown = new Map<string, ShownSequence>();

  add(sequence: ShownSequence): void {
    this.#shown.set(keyOf(sequence.ref), sequence);
  }

  has(ref: SequenceRef): boolean {
    return this.#shown.has(keyOf(ref));
  }

  get(ref: SequenceRef): ShownSequence | undefined {
    return this.#shown.get(keyOf(ref));
  }

  /** Whether two sequences are known to have the same channels in the same order. */
  haveSameChannels(a: SequenceRef, b: SequenceRef): boolean {
    const [first, second] = [this.get(a)?.channels, this.get(b)?.channels];
    if (first?.length !== second?.length) return false;
    return first?.every((name, index) => name === second?.[index]) ?? false;
  }
}

/** Every sequence that is named anywhere in `value`. */
export function refsIn(value: unknown): readonly SequenceRef[] {
  if (v.is(sequenceRef, value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
}

function keyOf({ path, number }: SequenceRef): string {
  return `${number} ${path}`;
}
