import { RequestError } from '../engine/requestError';
import { defaultSettings } from '../protocol/engine';
import { evaluate, evaluateWindows, problemOf } from '../core/training/evaluation/evaluate';
import { reportOf, tableOf, windowsTableOf } from '../core/training/evaluation/summary';

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
  const { unrounded } = options;
  const results = await explained((onPack) => {
    return evaluate(model, packs, { maximumSteps: defaultSettings.maximumSteps, unrounded, onPack }, signal);
  });
  process.stdout.write(options.json ? `${JSON.stringify(reportOf(results), null, 2)}\n` : tableOf(results));
}

/**
 * `kindred evaluate --windows`: prints how often the nearest windows of streams are right, beside MASS.
 *
 * @param options see `WindowsOptions`
 * @throws RequestError for a model or packs that cannot be used
 */
export async function evaluateModelByWindows(
  model: string,
  packs: readonly string[],
  options: { readonly json: boolean; readonly factor: number; readonly clean: boolean },
  signal: AbortSignal,
): Promise<void> {
  const results = await explained((onPack) => {
    return evaluateWindows(model, packs, { factor: options.factor, clean: options.clean, onPack }, signal);
  });
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : windowsTableOf(results));
}

/** Shows which pack is worked on, and says what is wrong with a model or a pack. */
async function explained<T>(work: (onPack: (name: string) => void) => Promise<T>): Promise<T> {
  const progress = process.stderr.isTTY ? (text: string) => process.stderr.write(`\r\u001b[K${text}`) : () => true;
  try {
    return await work((name) => {
      progress(JSON.stringify(name).slice(1, -1));
    });
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  } finally {
    progress('');
  }
}
