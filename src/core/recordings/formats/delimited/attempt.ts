import { UnreadableError } from '../../reader';

/** What is made, or `null` where that cannot be, which is told by the reader that meets the same error. */
export function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}
