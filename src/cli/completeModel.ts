import { readEncoder } from '../core/encoder/description';
import { RequestError } from '../engine/requestError';
import { completeOn } from '../core/training/combination/complete';
import { problemOf } from '../core/training/evaluation/evaluate';
import { readPacks } from '../core/training/packs/findPacks';
import { writeEncoder } from '../core/training/trainer/encoderFile';

/**
 * `kindred complete`: learns from recordings how an encoder's numbers become bytes, and writes it into its description.
 *
 * @param model a folder with `encoder.onnx` and `encoder.json`
 * @throws RequestError for an encoder or packs that cannot be used
 */
export async function completeModel(model: string, packs: readonly string[], signal: AbortSignal): Promise<void> {
  try {
    const file = await completeOn(await readEncoder(model), readPacks(packs, signal), signal);
    await writeEncoder(model, file);
    process.stdout.write(`Completed ${model}: a byte's step is worth ${file.description.bytes?.step ?? 0}.\n`);
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  }
}
