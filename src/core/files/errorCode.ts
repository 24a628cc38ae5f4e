/** The code of an error: a name for those of the file system, a number for those of LMDB. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
