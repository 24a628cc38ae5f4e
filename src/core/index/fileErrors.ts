/** The code of an error: a name for those of the file system, a number for those of LMDB. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Does what may be left undone where the file system does not let it: the disk is full, or a folder gone or read-only. */
export function harmlessly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (typeof codeOf(error) !== 'string') throw error;
  }
}
