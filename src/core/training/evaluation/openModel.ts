import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EncoderError, readEncoder } from '../../encoder/description';
import { loadEncoder, type EncoderSession } from '../../encoder/session';
import { tryOut } from '../../encoder/tryOut';

/**
 * Loads the encoder in a folder, and tries it: it must give what its description says.
 *
 * @param path the folder, or `encoder.onnx` in it
 * @throws EncoderError when there is no encoder, onnxruntime refuses it, or it is not as described
 */
export async function openModel(path: string): Promise<EncoderSession> {
  const session = await loadEncoder(await readEncoder(await folderOf(path)));
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
