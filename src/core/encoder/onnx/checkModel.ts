import { EncoderError, mostModelBytes, type EncoderDescription } from '../description';
import { ProtobufError } from './protobuf';
import { float32, int64, type OnnxModel, type OnnxTensor, type OnnxValue } from './model';
import { readModel } from './readModel';
import { numbersIn, UnknownSize } from './sizes';

/** What a convolutional encoder may consist of: nothing that loops, branches, allocates at will or leaves the graph. */
const allowedOperators: ReadonlySet<string> = new Set([
  ...['Conv', 'MaxPool', 'AveragePool', 'Pad'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Neg', 'Abs', 'Sqrt', 'Exp', 'Log', 'Min', 'Max', 'Clip'],
  ...['Sigmoid', 'Tanh', 'Relu', 'LeakyRelu', 'Elu', 'Softplus', 'Erf'],
  ...['Concat', 'Slice', 'Identity'],
]);

/** Time steps for which sizes are bounded, as many as a piece of a recording has at most. */
const usualSteps = 4096;

/** Numbers that one run may hold: 1 GB. Encoders need a hundredth. */
const mostNumbers = 2 ** 28;

const mostNodes = 2000;

/** The versions of ONNX's own operators that mean what their names say here. */
const operatorVersions = { least: 11, most: 22 };

/**
 * Checks a model before onnxruntime sees it: its size, that it stands on its own, that every operator is on a list, and that
 * inputs and outputs are as described.
 * @throws EncoderError that says what is wrong
 */
export function checkModel(bytes: Uint8Array, description: EncoderDescription): OnnxModel {
  const refuse = (reason: string, cause?: unknown) =>
    new EncoderError(`The encoder “${description.name}” is refused: ${reason}.`, { cause });
  if (bytes.length > mostModelBytes) throw refuse(`its model has more than ${mostModelBytes / 2 ** 20} MB`);
  const model = parsed(bytes, (error) => refuse(`its model is damaged (${error.message})`, error));
  const problem = problemOf(model) ?? shapeProblem(model, description) ?? sizeProblem(model, description);
  if (problem !== null) throw refuse(problem);
  return model;
}

function parsed(bytes: Uint8Array, refuse: (error: ProtobufError) => EncoderError): OnnxModel {
  try {
    return readModel(bytes);
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw refuse(error);
  }
}

function problemOf({ operatorSets, extras, nodes, initializers }: OnnxModel): string | null {
  const foreign = nodes.find(({ operator, domain }) => !allowedOperators.has(operator) || !isStandard(domain));
  if (foreign !== undefined) return `its model uses the operator “${foreign.operator}”, which no encoder needs`;
  const [operators, ...others] = operatorSets;
  if (!operatorSets.every(({ domain }) => isStandard(domain))) {
    return 'its model uses operators that are not those of ONNX';
  }
  if (nodes.length > mostNodes) return `its model has more than ${mostNodes} operators`;
  if (extras > 0 || nodes.some(({ hasGraphs }) => hasGraphs)) return 'its model holds more than one graph';
  if (initializers.some(({ isExternal }) => isExternal)) return 'its model keeps weights in other files';
  if (initializers.some(({ type }) => type !== float32 && type !== int64)) {
    return 'its model holds weights that are not 32-bit numbers';
  }
  if (!initializers.every(isComplete)) return 'its model holds weights whose number does not fit their shape';
  const version = operators?.version ?? 0;
  if (others.length > 0 || version < operatorVersions.least || version > operatorVersions.most) {
    return `its model is written for version ${version} of the operators of ONNX`;
  }
  return null;
}

function isComplete({ shape, type, bytes }: OnnxTensor): boolean {
  const size = shape.reduce((product, n) => product * n, type === float32 ? 4 : 8);
  return bytes?.length === size;
}

function isStandard(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

function shapeProblem({ inputs, outputs }: OnnxModel, description: EncoderDescription): string | null {
  const [input] = inputs;
  if (inputs.length !== 1 || !isMap(input, 'input', description.inputs.length)) {
    return `its model does not take one input of ${description.inputs.length} rows over time`;
  }
  const asDescribed =
    outputs.length === description.outputs.length &&
    description.outputs.every(({ name, features }, o) => isMap(outputs[o], name, features));
  return asDescribed ? null : 'its model does not give the outputs that its description names';
}

function sizeProblem(model: OnnxModel, { inputs, halo }: EncoderDescription): string | null {
  try {
    const numbers = numbersIn(model, [1, inputs.length, 1, usualSteps + 2 * halo], mostNumbers);
    return numbers > mostNumbers ? 'running its model would take more than 1 GB of memory' : null;
  } catch (error) {
    if (!(error instanceof UnknownSize)) throw error;
    return `the memory that its model takes cannot be told beforehand (${error.message})`;
  }
}

/** Whether a value is a map [batch, rows, 1, steps] of float32 whose first and last dimension are free. */
function isMap(value: OnnxValue | undefined, name: string, rows: number): boolean {
  if (value?.name !== name || value.type !== float32) return false;
  const [batch, features, height, steps] = value.shape;
  return (
    value.shape.length === 4 &&
    typeof batch === 'string' &&
    features === rows &&
    height === 1 &&
    typeof steps === 'string'
  );
}
