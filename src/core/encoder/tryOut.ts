import { EncoderError, gridOf } from './description';
import type { EncoderSession } from './session';

/** Runs an encoder on a small input. @throws EncoderError when it does not give what its description says */
export async function tryOut(session: EncoderSession): Promise<void> {
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
    const map = maps[o];
    if (map?.steps !== steps / stride) {
      throw new EncoderError(
        `The encoder's output ${name} does not advance ${stride} time steps, as its description says.`,
      );
    }
    if (!map.values.every(Number.isFinite)) throw new EncoderError(`The encoder's output ${name} holds no numbers.`);
  });
}
