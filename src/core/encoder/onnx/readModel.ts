import { fieldsOf, ProtobufError, type Field } from './protobuf';
import type { Dimension } from './graph';

/** What a model holds, as far as it decides whether it may be run. */
export interface OnnxModel {
  readonly operatorSets: readonly string[];
  /** How many functions and training graphs it defines beside its main graph. */
  readonly extras: number;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly operator: string;
  /** Empty for the operators of ONNX itself. */
  readonly domain: string;
  /** Whether it holds graphs of its own, as loops and conditions do. */
  readonly hasGraphs: boolean;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As numbered in onnx.proto: 1 is float32, 7 int64. */
  readonly type: number;
  /** The values in little endian where they are stored so, else `null`. */
  readonly bytes: Uint8Array | null;
  /** Whether its values lie in another file. */
  readonly isExternal: boolean;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly Dimension[];
}

/**
 * Reads the structure of an ONNX model; the numbers of fields are those of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 * @throws ProtobufError for bytes that are no model
 */
export function readModel(bytes: Uint8Array): OnnxModel {
  const fields = [...fieldsOf(bytes)];
  const graph = messages(fields, 7)[0];
  if (graph === undefined) throw new ProtobufError('it holds no graph');
  const parts = [...fieldsOf(graph)];
  return {
    operatorSets: messages(fields, 8).map((set) => textIn([...fieldsOf(set)], 1)),
    extras: messages(fields, 20).length + messages(fields, 25).length + messages(parts, 15).length,
    nodes: messages(parts, 1).map(nodeOf),
    initializers: messages(parts, 5).map(tensorOf),
    inputs: messages(parts, 11).map(valueOf),
    outputs: messages(parts, 12).map(valueOf),
  };
}

function nodeOf(bytes: Uint8Array): OnnxNode {
  const fields = [...fieldsOf(bytes)];
  const hasGraphs = messages(fields, 5).some((attribute) =>
    [...fieldsOf(attribute)].some(({ number }) => number === 6 || number === 11),
  );
  return { operator: textIn(fields, 4), domain: textIn(fields, 7), hasGraphs };
}

function tensorOf(bytes: Uint8Array): OnnxTensor {
  const fields = [...fieldsOf(bytes)];
  return {
    name: textIn(fields, 8),
    shape: integers(fields, 1),
    type: integers(fields, 2)[0] ?? 0,
    bytes: messages(fields, 9)[0] ?? null,
    isExternal: messages(fields, 13).length > 0 || (integers(fields, 14)[0] ?? 0) !== 0,
  };
}

function valueOf(bytes: Uint8Array): OnnxValue {
  const fields = [...fieldsOf(bytes)];
  const tensor = fieldsIn(messages(fieldsIn(messages(fields, 2)[0]), 1)[0]);
  const shape = messages(fieldsIn(messages(tensor, 2)[0]), 1).map((dimension): Dimension => {
    const parts = [...fieldsOf(dimension)];
    return integers(parts, 1)[0] ?? textIn(parts, 2);
  });
  return { name: textIn(fields, 1), type: integers(tensor, 1)[0] ?? 0, shape };
}

function fieldsIn(bytes: Uint8Array | undefined): readonly Field[] {
  return bytes === undefined ? [] : [...fieldsOf(bytes)];
}

function messages(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && field.kind === 'bytes' ? [field.value] : []));
}

/** Repeated integers, packed or not. */
function integers(fields: readonly Field[], number: number): readonly number[] {
  return fields.flatMap((field) => {
    if (field.number !== number) return [];
    if (field.kind === 'varint') return [Number(field.value)];
    return field.kind === 'bytes' ? packedIntegers(field.value) : [];
  });
}

function packedIntegers(bytes: Uint8Array): readonly number[] {
  const values: number[] = [];
  let value = 0;
  let factor = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) {
      values.push(value);
      [value, factor] = [0, 1];
    }
  }
  return values;
}

function textIn(fields: readonly Field[], number: number): string {
  const bytes = messages(fields, number)[0];
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}
