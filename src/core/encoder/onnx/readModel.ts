import { fieldsOf, ProtobufError, type Field } from './protobuf';
import type { Dimension, OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model';

/**
 * Reads the structure of an ONNX model; the numbers of fields are those of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 *
 * A field that may stand once and stands twice is refused: readers differ in which of the two they take.
 * @throws ProtobufError for bytes that are no model
 */
export function readModel(bytes: Uint8Array): OnnxModel {
  const fields = [...fieldsOf(bytes)];
  const graph = message(fields, 7);
  if (graph === undefined) throw new ProtobufError('it holds no graph');
  const parts = [...fieldsOf(graph)];
  return {
    operatorSets: messages(fields, 8).map((set) => {
      const described = [...fieldsOf(set)];
      return { domain: textIn(described, 1), version: integerIn(described, 2) ?? 0 };
    }),
    extras: messages(fields, 20).length + messages(fields, 25).length + messages(parts, 15).length,
    nodes: messages(parts, 1).map(nodeOf),
    initializers: messages(parts, 5).map(tensorOf),
    inputs: messages(parts, 11).map(valueOf),
    outputs: messages(parts, 12).map(valueOf),
  };
}

function nodeOf(bytes: Uint8Array): OnnxNode {
  const fields = [...fieldsOf(bytes)];
  const described = messages(fields, 5).map((attribute) => [...fieldsOf(attribute)]);
  const hasGraphs = described.some((parts) => parts.some(({ number }) => number === 6 || number === 11));
  return {
    operator: textIn(fields, 4),
    domain: textIn(fields, 7),
    inputs: messages(fields, 1).map(decoded),
    outputs: messages(fields, 2).map(decoded),
    attributes: new Map(hasGraphs ? [] : described.map((parts) => [textIn(parts, 1), attributeOf(parts)])),
    hasGraphs,
  };
}

/** The types of attributes as numbered in onnx.proto. */
function attributeOf(fields: readonly Field[]): OnnxAttribute {
  const type = integerIn(fields, 20);
  switch (type) {
    case 1:
      return { kind: 'float', value: floatIn(fields, 2) };
    case 2:
      return { kind: 'integer', value: integerIn(fields, 3) ?? 0 };
    case 3:
      return { kind: 'text', value: textIn(fields, 4) };
    case 7:
      return { kind: 'integers', value: integers(fields, 8) };
    case undefined:
    default:
      throw new ProtobufError(`the attribute ${textIn(fields, 1)} is of the type ${type ?? 'none'}`);
  }
}

function tensorOf(bytes: Uint8Array): OnnxTensor {
  const fields = [...fieldsOf(bytes)];
  return {
    name: textIn(fields, 8),
    shape: integers(fields, 1),
    type: integerIn(fields, 2) ?? 0,
    bytes: message(fields, 9) ?? null,
    isExternal: messages(fields, 13).length > 0 || (integerIn(fields, 14) ?? 0) !== 0,
  };
}

function valueOf(bytes: Uint8Array): OnnxValue {
  const fields = [...fieldsOf(bytes)];
  const tensor = fieldsIn(message(fieldsIn(message(fields, 2)), 1));
  const shape = messages(fieldsIn(message(tensor, 2)), 1).map((dimension): Dimension => {
    const parts = [...fieldsOf(dimension)];
    return integerIn(parts, 1) ?? textIn(parts, 2);
  });
  return { name: textIn(fields, 1), type: integerIn(tensor, 1) ?? 0, shape };
}

function fieldsIn(bytes: Uint8Array | undefined): readonly Field[] {
  return bytes === undefined ? [] : [...fieldsOf(bytes)];
}

function messages(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && field.kind === 'bytes' ? [field.value] : []));
}

/** The message that may stand once. */
function message(fields: readonly Field[], number: number): Uint8Array | undefined {
  return only(messages(fields, number), number);
}

function integerIn(fields: readonly Field[], number: number): number | undefined {
  return only(integers(fields, number), number);
}

function floatIn(fields: readonly Field[], number: number): number {
  const found = fields.flatMap((field) => (field.number === number && field.kind === 'fixed' ? [field.value] : []));
  const bytes = only(found, number);
  if (bytes?.length !== 4) throw new ProtobufError('a number is missing');
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
}

function only<T>(values: readonly T[], number: number): T | undefined {
  if (values.length > 1) throw new ProtobufError(`the field ${number} stands twice`);
  return values[0];
}

/** Repeated integers, packed or not. */
function integers(fields: readonly Field[], number: number): readonly number[] {
  return fields.flatMap((field) => {
    if (field.number !== number) return [];
    if (field.kind === 'varint') return [Number(BigInt.asIntN(64, field.value))];
    return field.kind === 'bytes' ? packedIntegers(field.value) : [];
  });
}

function packedIntegers(bytes: Uint8Array): readonly number[] {
  const values: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (shift > 70n) throw new ProtobufError('a number is longer than 64 bits');
    if (byte >= 0x80) continue;
    values.push(Number(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return values;
}

function textIn(fields: readonly Field[], number: number): string {
  const bytes = message(fields, number);
  return bytes === undefined ? '' : decoded(bytes);
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
