import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pyramid } from '../../../../src/core/encoder/architecture';
import { EncoderError, mostModelBytes, readEncoder, type EncoderFile } from '../../../../src/core/encoder/description';
import { initialWeights } from '../../../../src/core/encoder/initialWeights';
import { checkModel } from '../../../../src/core/encoder/onnx/checkModel';
import { GraphBuilder } from '../../../../src/core/encoder/onnx/graph';
import { MessageWriter } from '../../../../src/core/encoder/onnx/protobuf';
import { readModel } from '../../../../src/core/encoder/onnx/readModel';
import { writeModel } from '../../../../src/core/encoder/onnx/writeModel';
import { weightsOf } from '../../../../src/core/encoder/weightsOf';
import { encoderFile } from '../../../../src/core/training/trainer/encoderFile';
import { tiny } from '../training/trainer/settings';

const { architecture, levels } = tiny.objective;
const weights = initialWeights(architecture, 1);
const file = encoderFile(architecture, levels, weights, { name: 'tiny', training: 'none' });

/** A model of one operator between the input and the outputs of the tiny encoder. */
function modelOf(operator: string, change: (graph: GraphBuilder) => void = () => undefined): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.input('input', ['B', 3, 1, 'T']);
  change(graph);
  file.description.outputs.forEach(({ name, features }) => {
    graph.output(graph.node(operator, [input], {}, name), ['B', features, 1, 'T']);
  });
  return graph.finish('test');
}

const refusal = (model: Uint8Array) => () => checkModel(model, file.description);

describe('reading weights back', () => {
  it('gives exactly the weights that were written', () => {
    const read = weightsOf(file);
    expect([...read.keys()]).toEqual([...weights.keys()]);
    for (const [name, values] of weights) expect(read.get(name)).toEqual(values);
  });

  it('reads the bundled encoder', async () => {
    const bundled = await readEncoder('models');
    expect(weightsOf(bundled).size).toBeGreaterThan(10);
  });

  it('says when an encoder is not of its network, or does not tell it', () => {
    const told = (network: EncoderFile['description']['network']) => () =>
      weightsOf({ model: file.model, description: { ...file.description, network } });
    expect(told({ inputs: pyramid.inputs, levels: [...pyramid.levels] })).toThrow(/not of the network/);
    expect(told(undefined)).toThrow(/does not tell its network/);
  });
});

describe('the check of a model', () => {
  it('accepts what the project writes, and any other encoder of allowed operators', () => {
    expect(refusal(file.model)).not.toThrow();
    expect(refusal(modelOf('Tanh'))).not.toThrow();
  });

  it.each(['Loop', 'If', 'Scan', 'RandomNormal', 'Expand', 'MyOperator'])('refuses the operator %s', (operator) => {
    expect(refusal(modelOf(operator))).toThrow(new RegExp(`operator “${operator}”`));
  });

  it('refuses foreign domains, functions, graphs in attributes and weights in other files', () => {
    const graphOf = (change: (graph: MessageWriter) => void) => {
      const graph = new MessageWriter();
      change(graph);
      return new MessageWriter().message(7, graph).finish();
    };
    const node = (change: (writer: MessageWriter) => void) =>
      graphOf((graph) => {
        const writer = new MessageWriter().string(4, 'Identity');
        change(writer);
        graph.message(1, writer);
      });
    expect(refusal(node((writer) => writer.string(7, 'com.evil')))).toThrow(/which no encoder needs/);
    const attribute = new MessageWriter().message(6, new MessageWriter());
    expect(refusal(node((writer) => writer.message(5, attribute)))).toThrow(/more than one graph/);
    const external = new MessageWriter().varint(2, 1).varint(14, 1);
    expect(refusal(graphOf((graph) => graph.message(5, external)))).toThrow(/in other files/);
    const doubles = new MessageWriter().varint(2, 11);
    expect(refusal(graphOf((graph) => graph.message(5, doubles)))).toThrow(/not 32-bit/);
    const withFunction = new MessageWriter().message(7, new MessageWriter()).message(25, new MessageWriter()).finish();
    expect(refusal(withFunction)).toThrow(/more than one graph/);
    const set = new MessageWriter().string(1, 'com.microsoft');
    expect(refusal(new MessageWriter().message(7, new MessageWriter()).message(8, set).finish())).toThrow(/of ONNX/);
  });

  it('refuses inputs and outputs that are not as described, and what is too large', () => {
    expect(refusal(modelOf('Tanh', (graph) => graph.input('more', ['B', 3, 1, 'T'])))).toThrow(
      /does not take one input/,
    );
    const other = { ...file.description, inputs: ['a'] };
    expect(() => checkModel(file.model, other)).toThrow(/one input of 1 rows/);
    const outputs = file.description.outputs.map((output) => ({ ...output, features: output.features + 1 }));
    expect(() => checkModel(file.model, { ...file.description, outputs })).toThrow(/does not give the outputs/);
    expect(refusal(new Uint8Array(mostModelBytes + 1))).toThrow(/more than 64 MB/);
  });

  it('refuses a field that stands twice, so that no other reader can take the second for the first', () => {
    const [harmless, harmful] = ['Tanh', 'Loop'].map((operator) => Buffer.from(modelOf(operator)));
    expect(refusal(Buffer.concat([harmless!, harmful!]))).toThrow(/stands twice/);
    const node = new MessageWriter().string(4, 'Tanh').string(4, 'Loop');
    const graph = new MessageWriter().message(1, node);
    expect(refusal(new MessageWriter().message(7, graph).finish())).toThrow(/field 4 stands twice/);
  });

  it('refuses what would take much memory, or takes long to look through', () => {
    const doubled = modelOf('Tanh', (graph) => {
      let value = 'input';
      for (let i = 0; i < 28; i++) value = graph.node('Concat', [value, value], { axis: 1 });
    });
    expect(refusal(doubled)).toThrow(/more than 1 GB/);
    const unfitting = modelOf('Tanh', (graph) => graph.node('Conv', ['input', 'nothing'], {}));
    expect(refusal(unfitting)).toThrow(/knows no “nothing”/);
    const many = new MessageWriter();
    for (let i = 0; i < 60_000; i++) many.varint(3, 1);
    expect(refusal(many.finish())).toThrow(/more than 50000 fields/);
  });

  it('hands onnxruntime nothing but what was read', () => {
    const hidden = new MessageWriter().string(99, 'something else').finish();
    const model = checkModel(Uint8Array.of(...file.model, ...hidden), file.description);
    const written = writeModel(model);
    expect(Buffer.from(written).includes('something else')).toBe(false);
    expect(readModel(written)).toEqual(model);
  });

  it('answers damaged bytes with a reason, never with another error', () => {
    const small = Buffer.from(modelOf('Tanh'));
    const damaged = fc.record({ at: fc.nat(small.length - 1), byte: fc.nat(255), end: fc.nat(small.length) });
    fc.assert(
      fc.property(damaged, ({ at, byte, end }) => {
        const bytes = Uint8Array.from(small.subarray(0, end));
        if (at < end) bytes[at] = byte;
        try {
          checkModel(bytes, file.description);
        } catch (error) {
          expect(error).toBeInstanceOf(EncoderError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads packed shapes and names as other writers store them', () => {
    const tensor = new MessageWriter()
      .bytes(1, Uint8Array.of(0x80, 0x02, 3))
      .varint(2, 1)
      .string(8, 'w')
      .bytes(9, Uint8Array.of(1));
    const model = new MessageWriter().message(7, new MessageWriter().message(5, tensor)).finish();
    expect(readModel(model).initializers).toEqual([
      { name: 'w', shape: [256, 3], type: 1, bytes: Uint8Array.of(1), isExternal: false },
    ]);
  });
});
