import type { RefusalKind } from '../protocol/engine';

export interface RequestErrorOptions extends ErrorOptions {
  readonly kind?: RefusalKind;
}

/** A request that cannot be answered; the message is complete sentences for the user. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly kind: RefusalKind;

  constructor(message: string, { kind = 'refused', ...options }: RequestErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
  }
}

/** Refuses a question about a sequence that has gone. */
export function notIndexed(): RequestError {
  return new RequestError('This recording is not in the index any more.', { kind: 'gone' });
}
