/** A fixed size, or the name of a size that is known at run time. */
export type Dimension = number | string;

/** The parts of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that encoders need. */
export interface OnnxModel {
  readonly operatorSets: readonly OnnxOperatorSet[];
  /** How many functions and training graphs it defines beside its main graph. */
  readonly extras: number;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxOperatorSet {
  /** Empty for the operators of ONNX itself. */
  readonly domain: string;
  readonly version: number;
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  /** Whether it holds graphs of its own, as loops and conditions do. */
  readonly hasGraphs: boolean;
}

export type OnnxAttribute =
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'integers'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string };

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As numbered in onnx.proto: see `float32` and `int64`. */
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

export const float32 = 1;
export const int64 = 7;
