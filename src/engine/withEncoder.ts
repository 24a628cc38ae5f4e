import { completed, openEncoder } from '../core/encoder/completed';
import { EncoderError, readEncoder, type EncoderDescription } from '../core/encoder/description';
import { checkModel } from '../core/encoder/onnx/checkModel';
import type { OpenParams } from '../protocol/engine';
import { tryEncoder } from './trial/tryEncoder';

/**
 * The encoder that is asked for, or the bundled one where that cannot be used: a search must not fail for it.
 * @throws EncoderError where neither can be used
 */
export async function withEncoder(params: OpenParams): Promise<{
  readonly params: OpenParams;
  readonly description: EncoderDescription;
  /** Why another encoder is used than was asked for, or `null`. */
  readonly unusable: string | null;
}> {
  const { models, bundledModels } = params;
  try {
    if (bundledModels !== undefined && models !== bundledModels) await tryEncoder(models);
    const file = await readEncoder(models);
    checkModel(file.model, file.description);
    const { description } = await completed(file);
    return { params, description, unusable: null };
  } catch (error) {
    if (!(error instanceof EncoderError) || bundledModels === undefined || bundledModels === models) throw error;
    const { description } = await openEncoder(bundledModels);
    const unusable = `${error.message} The bundled encoder is used instead.`;
    return { params: { ...params, models: bundledModels }, description, unusable };
  }
}
