/** A training that cannot start or go on; the message is written for the user. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}
