import { UnreadableError, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import { frameHeaderAt, type FrameHeader } from './frameHeader';

/** The sound of an MP3 file without what stands between its frames. */
export interface Frames {
  readonly first: FrameHeader;
  /** Where each frame is, from its first byte to before its last. */
  readonly places: readonly (readonly [start: number, end: number])[];
}

/**
 * Finds the whole frames; where something else stands between two of them, it is passed over. What the library is given
 * must hold nothing else: over some of it, it does not come to an end.
 * @throws UnreadableError if there is none, and for one of another sampling rate or number of channels than the first,
 * and for more samples than are allowed
 */
export function framesOf(bytes: Uint8Array, start: number, end: number, options: ReadOptions): Frames {
  const budget = new SampleBudget(options.maximumSamples);
  const places: (readonly [number, number])[] = [];
  let first: FrameHeader | null = null;
  for (let at = start; at < end;) {
    const header = frameHeaderAt(bytes, at);
    const next = at + (header?.bytes ?? 1);
    if (header === null || next > end || !isFollowed(bytes, next, end, header)) {
      at++;
      continue;
    }
    first ??= header;
    if (!isLike(first, header)) {
      throw new UnreadableError('it is damaged: its sampling rate or its number of channels changes');
    }
    budget.take(header.samples * header.channels, 0);
    places.push([at, next]);
    at = next;
  }
  if (first === null) throw new UnreadableError('it holds no frame of an MP3 file');
  return { first, places };
}

function isLike(first: FrameHeader, { rate, channels }: FrameHeader): boolean {
  return first.rate === rate && first.channels === channels;
}

/** Bytes that look like a header are one if another follows where it says. */
function isFollowed(bytes: Uint8Array, next: number, end: number, header: FrameHeader): boolean {
  if (next + 4 > end) return true;
  const following = frameHeaderAt(bytes, next);
  return following !== null && isLike(following, header);
}
