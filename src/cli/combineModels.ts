import { basename, resolve } from 'node:path';
import { readEncoder, type KeptView } from '../core/encoder/description';
import { loadEncoder } from '../core/encoder/session';
import { tryOut } from '../core/encoder/tryOut';
import { RequestError } from '../engine/requestError';
import { combine } from '../core/training/combination/combine';
import { completeOn } from '../core/training/combination/complete';
import { typicalDistance, typicalOf } from '../core/training/combination/typicalDistance';
import { problemOf } from '../core/training/evaluation/evaluate';
import { readPacks } from '../core/training/packs/findPacks';
import { writeEncoder } from '../core/training/trainer/encoderFile';
import { checkUnused } from '../core/training/trainer/modelFolder';
import { TrainingError } from '../core/training/trainer/trainingError';

export interface CombineOptions {
  readonly on: readonly string[];
  readonly out: string;
  readonly levels: number;
  readonly view?: readonly KeptView[];
}

/**
 * `kindred combine`: writes trained encoders side by side as one.
 *
 * @param models folders with `encoder.onnx` and `encoder.json`
 * @throws RequestError for encoders, packs or a folder that cannot be used
 */
export async function combineModels(
  models: readonly string[],
  { on, out, levels, view = [] }: CombineOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    await checkUnused(out);
    const encoders = await Promise.all(models.map(readEncoder));
    const measured = (await Promise.all(encoders.map(loadEncoder))).map((session) => ({
      session,
      distances: [] as number[],
    }));
    for await (const pack of readPacks(on, signal)) {
      for (const { session, distances } of measured) distances.push(await typicalDistance(session, pack, signal));
    }
    const combined = combine(
      encoders,
      measured.map(({ distances }) => typicalOf(distances)),
      { name: basename(resolve(out)), levels, views: view },
    );
    await tryOut(await loadEncoder(combined));
    await writeEncoder(out, await completeOn(combined, readPacks(on, signal), signal));
    process.stdout.write(`Combined ${models.length} encoders: ${out}.\n`);
  } catch (error) {
    const problem = error instanceof TrainingError ? error.message : problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  }
}
