import type { EncoderFile } from '../core/encoder/description';

/** The encoder with its features kept as another one keeps them, so that the two differ by their weights alone. */
export function keptAs({ description: { course } }: EncoderFile, { description, model }: EncoderFile): EncoderFile {
  const kept = { ...description };
  delete kept.course;
  return { model, description: course === undefined ? kept : { ...kept, course } };
}
