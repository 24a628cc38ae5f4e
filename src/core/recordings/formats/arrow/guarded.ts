import { UnreadableError } from '../../reader';

/**
 * Calls the library with bytes whose description it may not follow out of them. Beyond the end it reads zeros, and it
 * believes every length: a list of a billion fields ends the process, and a message of a negative length is read for ever.
 * @throws UnreadableError for such lengths, and whatever the call throws
 */
export function guarded<T>(bytes: Uint8Array, call: (bytes: Uint8Array) => T): T {
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  view.subarray = (begin = 0, end = bytes.length) => {
    if (end < begin) throw damaged();
    return bytes.subarray(begin, end);
  };
  const { from } = Array;
  let left = bytes.length;
  // The library makes every list of a description by this; an entry takes more than a byte.
  const bounded = (list: ArrayLike<unknown>, entryOf: (entry: unknown, i: number) => unknown): unknown[] => {
    left -= list.length;
    if (left < 0) throw damaged();
    return from.call(Array, list, entryOf);
  };
  Array.from = bounded as typeof Array.from;
  try {
    return call(view);
  } finally {
    Array.from = from;
  }
}

function damaged(): UnreadableError {
  return new UnreadableError('it is damaged: its description promises more than it has');
}
