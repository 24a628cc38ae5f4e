import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { EncoderError, type EncoderDescription, type EncoderFile } from './description';
import { checkModel } from './onnx/checkModel';
import { onnxruntime } from './onnx/runtime';
import { writeModel } from './onnx/writeModel';

/** A loaded encoder. `run` blocks its thread while the model computes. */
export interface EncoderSession {
  readonly description: EncoderDescription;
  /**
   * @param inputs [batch, inputs, 1, steps]
   * @returns per output of the model its values [batch, features, 1, steps / stride] and the last dimension
   */
  run(inputs: Float32Array, batch: number, steps: number): Promise<readonly FeatureMap[]>;
}

export interface FeatureMap {
  readonly values: Float32Array;
  readonly steps: number;
}

/** Checks the model and loads it on one thread. @throws EncoderError when it is not allowed or onnxruntime refuses it. */
export async function loadEncoder(file: EncoderFile): Promise<EncoderSession> {
  const { description } = file;
  const { Tensor } = await onnxruntime();
  const session = await createSession(writeModel(checkModel(file.model, description)), description.name);
  return {
    description,
    async run(inputs, batch, steps) {
      const shape = [batch, description.inputs.length, 1, steps];
      const results = await session.run({ input: new Tensor('float32', inputs, shape) });
      return description.outputs.map(({ name, features }) => featureMap(results[name], name, batch, features));
    },
  };
}

async function createSession(model: Uint8Array, name: string): Promise<InferenceSession> {
  const { InferenceSession, provider } = await onnxruntime();
  try {
    return await InferenceSession.create(model, {
      executionProviders: [provider],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
    });
  } catch (error) {
    throw new EncoderError(`The encoder "${name}" could not be loaded by onnxruntime.`, {
      cause: error,
    });
  }
}

function featureMap(tensor: Tensor | undefined, name: string, batch: number, features: number): FeatureMap {
  const steps = tensor?.dims[3];
  if (tensor === undefined || steps === undefined || !(tensor.data instanceof Float32Array)) {
    throw new EncoderError(`The encoder has no output ${name} of four dimensions.`);
  }
  if (tensor.dims[0] !== batch || tensor.dims[1] !== features) {
    throw new EncoderError(`The encoder's output ${name} has not ${features} features, as its description says.`);
  }
  return { values: tensor.data, steps };
}
