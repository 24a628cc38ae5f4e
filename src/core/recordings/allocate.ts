import { UnreadableError } from './unreadable';

/**
 * Where readers take memory that grows with a file. Its size is bounded before, so that what fails here fails for want
 * of memory. @throws UnreadableError where there is too little, RangeError for a length that is none
 */
export function samplesFor(length: number): Float32Array<ArrayBuffer> {
  return allocated(length, () => new Float32Array(length));
}

/** As `samplesFor`, for times and values that single precision cannot hold. */
export function exactSamplesFor(length: number): Float64Array<ArrayBuffer> {
  return allocated(length, () => new Float64Array(length));
}

/** As `samplesFor`, for bytes that are overwritten in full. */
export function bytesFor(length: number): Buffer<ArrayBuffer> {
  return allocated(length, () => Buffer.allocUnsafe(length));
}

function allocated<T>(length: number, allocate: () => T): T {
  if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`an array cannot have ${length} elements`);
  try {
    return allocate();
  } catch (error) {
    throw new UnreadableError('it does not fit into the memory that is free', { cause: error });
  }
}
