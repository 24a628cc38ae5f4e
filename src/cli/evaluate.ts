import { RequestError } from '../engine/requestError';
import { defaultSettings } from '../protocol/engine';
import { evaluate, problemOf } from '../core/training/evaluation/evaluate';
import { reportOf, tableOf, type PackResult } from '../core/training/evaluation/summary';

/**
 * `kindred evaluate`: prints recall@1, mAP and EER of an encoder on every pack, as a table or as JSON. Means: `ucr` is the
 * mean recall@1 over sets of the UCR archive, `identification` the mean mAP over all other packs.
 *
 * @param model a folder with `encoder.onnx` and `encoder.json`
 * @param packs `.npz` files of packs, folders of packs, or folders of labelled recordings
 * @throws RequestError for a model or packs that cannot be used
 */
export async function evaluateModel(
  model: string,
  packs: readonly string[],
  options: { readonly json: boolean; readonly unrounded: boolean },
  signal: AbortSignal,
): Promise<void> {
  const results = await resultsOf(model, packs, options.unrounded, signal);
  process.stdout.write(options.json ? `${JSON.stringify(reportOf(results), null, 2)}\n` : tableOf(results));
}

async function resultsOf(
  model: string,
  packs: readonly string[],
  unrounded: boolean,
  signal: AbortSignal,
): Promise<readonly PackResult[]> {
  const progress = process.stderr.isTTY ? (text: string) => process.stderr.write(`\r\u001b[K${text}`) : () => true;
  const onPack = (name: string) => {
    progress(JSON.stringify(name).slice(1, -1));
  };
  try {
    return await evaluate(model, packs, { maximumSteps: defaultSettings.maximumSteps, unrounded, onPack }, signal);
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  } finally {
    progress('');
  }
}
