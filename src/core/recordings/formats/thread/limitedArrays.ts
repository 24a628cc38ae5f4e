import { UnreadableError } from '../../reader';

/**
 * Runs a library that makes arrays as long as a file promises. One of a billion entries ends the process and not only the
 * thread, so that none of more than `most` is made. For a thread of its own: it holds for all that runs meanwhile.
 * @throws UnreadableError for a longer one, and whatever the call throws
 */
export async function limitingArrays<T>(most: number, call: () => Promise<T>): Promise<T> {
  const usual = globalThis.Array;
  globalThis.Array = new Proxy(usual, {
    construct(target, args: unknown[], made): object {
      const [length] = args;
      if (args.length === 1 && typeof length === 'number' && length > most) {
        throw new UnreadableError('it is damaged: it promises more than it can hold');
      }
      return Reflect.construct(target, args, made) as object;
    },
  });
  try {
    return await call();
  } finally {
    globalThis.Array = usual;
  }
}
