/** A copy of the bytes of float32 values, for a record. */
export function toBytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.slice().buffer);
}

/** A copy of the float32 values of a record: the bytes themselves need not be aligned. */
export function toFloats(stored: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(stored).buffer);
}
