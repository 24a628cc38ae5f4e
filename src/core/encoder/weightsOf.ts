import { convolutionsOf, type Architecture, type Weights } from './architecture';
import { EncoderError, type EncoderFile } from './description';
import { checkModel } from './onnx/checkModel';

/**
 * The network of an encoder, from which it can be trained further.
 * @throws EncoderError when the encoder does not tell it
 */
export function networkOf({ description }: EncoderFile): Architecture {
  if (description.network !== undefined) return description.network;
  throw new EncoderError(
    `The encoder “${description.name}” does not tell its network, so it cannot be trained further.`,
  );
}

/**
 * Reads the weights of an encoder back from its model, to train it further.
 * @throws EncoderError when it does not tell its network, or is not of it
 */
export function weightsOf(file: EncoderFile): Weights {
  const { description, model } = file;
  const architecture = networkOf(file);
  const stored = new Map(checkModel(model, description).initializers.map((tensor) => [tensor.name, tensor]));
  const weights = new Map<string, Float32Array>();
  for (const c of convolutionsOf(architecture)) {
    const parts = { weight: c.outputs * c.inputs * c.kernel, ...(c.bias ? { bias: c.outputs } : {}) };
    for (const [part, size] of Object.entries(parts)) {
      const name = `${c.name}.${part}`;
      const bytes = stored.get(name)?.bytes;
      if (bytes?.length !== 4 * size) {
        throw new EncoderError(`The encoder “${description.name}” is not of the network that it describes.`);
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      weights.set(
        name,
        Float32Array.from({ length: size }, (_, i) => view.getFloat32(4 * i, true)),
      );
    }
  }
  return weights;
}
