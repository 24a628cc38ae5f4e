/** A question that cannot be asked; the message is complete sentences for the user. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
}
