import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EncoderError, gridOf, readEncoder } from '../../encoder/description';
import { loadEncoder, type EncoderSession } from '../../encoder/session';

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

async function tryOut(session: EncoderSession): Promise<void> {
  const { description } = session;
  const grid = gridOf(description);
  const steps = Math.ceil(description.minimumSteps / grid) * grid;
  const batch = 2;
  const inputs = Float32Array.from({ length: batch * description.inputs.length * steps }, (_, i) => Math.sin(i));
  const maps = await session.run(inputs, batch, steps).catch((error: unknown) => {
    if (error instanceof EncoderError) throw error;
    const reason = error instanceof Error ? ` (${error.message})` : '';
    throw new EncoderError(`The encoder "${description.name}" does not take the inputs that it describes${reason}.`, {
      cause: error,
    });
  });
  description.outputs.forEach(({ name, stride }, o) => {
    const map = maps[o]!;
    if (map.steps !== steps / stride) {
      throw new EncoderError(
        `The encoder's output ${name} does not advance ${stride} time steps, as its description says.`,
      );
    }
    if (!map.values.every(Number.isFinite)) throw new EncoderError(`The encoder's output ${name} holds no numbers.`);
  });
}
