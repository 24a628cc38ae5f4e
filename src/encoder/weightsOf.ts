import { convolutionsOf, type Architecture, type Weights } from './architecture';
import { EncoderError, type EncoderFile } from './description';
import { checkModel } from './onnx/checkModel';

/**
 * Reads the weights of an encoder back from its model, to train it further.
 * @throws EncoderError when it is not of this architecture
 */
export function weightsOf({ description, model }: EncoderFile, architecture: Architecture): Weights {
  const stored = new Map(checkModel(model, description).initializers.map((tensor) => [tensor.name, tensor]));
  const weights = new Map<string, Float32Array>();
  for (const c of convolutionsOf(architecture)) {
    const parts = { weight: c.outputs * c.inputs * c.kernel, ...(c.bias ? { bias: c.outputs } : {}) };
    for (const [part, size] of Object.entries(parts)) {
      const name = `${c.name}.${part}`;
      const bytes = stored.get(name)?.bytes;
      if (bytes?.length !== 4 * size) {
        throw new EncoderError(
          `The encoder “${description.name}” is of another architecture than this version of Kindred trains: fine-tune another one.`,
        );
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
