import { basename, resolve } from 'node:path';
import { readEncoder } from '../encoder/description';
import { loadEncoder } from '../encoder/session';
import { tryOut } from '../encoder/tryOut';
import { RequestError } from '../engine/requestError';
import { combine } from '../training/combination/combine';
import { typicalDistance, typicalOf } from '../training/combination/typicalDistance';
import { problemOf } from '../training/evaluation/evaluate';
import { readPacks } from '../training/packs/findPacks';
import { writeEncoder } from '../training/trainer/encoderFile';
import { checkUnused } from '../training/trainer/modelFolder';
import { TrainingError } from '../training/trainer/trainingError';

/**
 * `kindred combine`: writes trained encoders side by side as one.
 *
 * @param models folders with `encoder.onnx` and `encoder.json`
 * @throws RequestError for encoders, packs or a folder that cannot be used
 */
export async function combineModels(
  models: readonly string[],
  { on, out, levels }: { readonly on: readonly string[]; readonly out: string; readonly levels: number },
  signal: AbortSignal,
): Promise<void> {
  try {
    await checkUnused(out);
    const encoders = await Promise.all(models.map(readEncoder));
    const sessions = await Promise.all(encoders.map(loadEncoder));
    const distances: number[][] = sessions.map(() => []);
    for await (const pack of readPacks(on, signal)) {
      for (const [i, session] of sessions.entries()) distances[i]!.push(await typicalDistance(session, pack, signal));
    }
    const combined = combine(encoders, distances.map(typicalOf), { name: basename(resolve(out)), levels });
    await tryOut(await loadEncoder(combined));
    await writeEncoder(out, combined);
    process.stdout.write(`Combined ${models.length} encoders: ${out}.\n`);
  } catch (error) {
    const problem = error instanceof TrainingError ? error.message : problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  }
}
