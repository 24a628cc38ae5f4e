import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { openEncoder } from '../../encoder/completed';
import { EncoderError } from '../../encoder/description';
import { loadEncoder, type EncoderSession } from '../../encoder/session';
import { tryOut } from '../../encoder/tryOut';
import { readPacks } from '../packs/findPacks';
import { PackError } from '../packs/pack';
import { evaluatePack } from './evaluatePack';
import { groupOf, type PackResult } from './summary';
import { windowsPack, type WindowsOptions, type WindowsResult } from './windowsPack';
import { hasBothSplits } from '../packs/splits';

export interface EvaluationOptions {
  /** As for `embed`. */
  readonly maximumSteps: number;
  /** Whether distances are those of the numbers before they are rounded to bytes. */
  readonly unrounded?: boolean;
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
  { maximumSteps, unrounded = false, onPack }: EvaluationOptions,
  signal: AbortSignal,
): Promise<readonly PackResult[]> {
  const session = await openModel(model);
  const results: PackResult[] = [];
  for await (const pack of readPacks(paths, signal)) {
    onPack?.(pack.name);
    const metrics = await evaluatePack(session, pack, { maximumSteps, signal, unrounded });
    results.push({ name: pack.name, group: groupOf(pack), metrics });
  }
  return results;
}

/**
 * Searches streams of instances for parts of them, of each pack with both splits and one channel, see `windowsPack`.
 *
 * @throws EncoderError for a model that cannot be used, PackError for packs that cannot
 */
export async function evaluateWindows(
  model: string,
  paths: readonly string[],
  { onPack, ...options }: WindowsOptions & { readonly onPack?: (name: string) => void },
  signal: AbortSignal,
): Promise<readonly WindowsResult[]> {
  const session = await openModel(model);
  const results: WindowsResult[] = [];
  for await (const pack of readPacks(paths, signal)) {
    if (pack.channels > 1 || !hasBothSplits(pack)) continue;
    onPack?.(pack.name);
    results.push(await windowsPack(session, pack, options, signal));
  }
  if (results.length === 0) throw new PackError('None of the packs has one channel, and a training and a test split.');
  return results;
}

/**
 * Loads the encoder in a folder, and tries it: it must give what its description says.
 *
 * @param path the folder, or `encoder.onnx` in it
 * @throws EncoderError when there is no encoder, onnxruntime refuses it, or it is not as described
 */
async function openModel(path: string): Promise<EncoderSession> {
  const session = await loadEncoder(await openEncoder(await folderOf(path)));
  await tryOut(session);
  return session;
}

async function folderOf(path: string): Promise<string> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new EncoderError(`There is no encoder at ${path}.`, { cause: error });
  });
  if (stats.isDirectory()) return path;
  if (basename(path) === 'encoder.onnx') return dirname(path);
  throw new EncoderError(`${path} is not an encoder: name a folder with encoder.onnx and encoder.json.`);
}

/** The message of an error that the model or the packs are to blame for, written for the user; `null` for any other error. */
export function problemOf(error: unknown): string | null {
  return error instanceof PackError || error instanceof EncoderError ? error.message : null;
}
