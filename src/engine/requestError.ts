/** A request that cannot be answered; the message is complete sentences for the user. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}
