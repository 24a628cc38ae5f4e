export interface UnreadableOptions extends ErrorOptions {
  readonly path?: string | null;
}

/** A file that cannot be used; `message` ends the sentence "skipped, because ...", without a full stop. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  /** The recording that it is about, where whoever asked may mean another; else `null`. */
  readonly path: string | null;

  constructor(message: string, { path = null, ...options }: UnreadableOptions = {}) {
    super(message, options);
    this.path = path;
  }
}

/** Names the recording in what is thrown while it is read. @throws UnreadableError with `path`, and any other error */
export async function named<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new UnreadableError(error.message, { cause: error.cause ?? error, path });
  }
}
