import { EncoderError } from '../../encoder/description';
import { readPacks } from '../packs/findPacks';
import { PackError } from '../packs/pack';
import { evaluatePack } from './evaluatePack';
import { openModel } from './openModel';
import { groupOf, type PackResult } from './summary';

export interface EvaluationOptions {
  /** As for `embed`. */
  readonly maximumSteps: number;
  /** Called before each pack is embedded. */
  readonly onPack?: (name: string) => void;
}

/**
 * Evaluates an encoder on packs and folders of labelled recordings, in the order in which they are found.
 *
 * @throws EncoderError for a model that cannot be used, PackError for packs that cannot
 */
export async function evaluate(
  model: string,
  paths: readonly string[],
  { maximumSteps, onPack }: EvaluationOptions,
  signal: AbortSignal,
): Promise<readonly PackResult[]> {
  const session = await openModel(model);
  const results: PackResult[] = [];
  for await (const pack of readPacks(paths, signal)) {
    onPack?.(pack.name);
    const metrics = await evaluatePack(session, pack, maximumSteps, signal);
    results.push({ name: pack.name, group: groupOf(pack), metrics });
  }
  return results;
}

/** The message of an error that the model or the packs are to blame for, written for the user; `null` for any other error. */
export function problemOf(error: unknown): string | null {
  return error instanceof PackError || error instanceof EncoderError ? error.message : null;
}
