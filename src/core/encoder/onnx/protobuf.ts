/** Writes protocol buffer messages: https://protobuf.dev/programming-guides/encoding/ */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];

  /** A field of wire type 0; negative numbers take ten bytes, as int64 does. */
  varint(field: number, value: number | bigint): this {
    this.parts.push(varintBytes((BigInt(field) << 3n) | 0n), varintBytes(BigInt.asUintN(64, BigInt(value))));
    return this;
  }

  /** A field of wire type 5: 32-bit floating point. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.parts.push(varintBytes((BigInt(field) << 3n) | 5n), bytes);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.parts.push(varintBytes((BigInt(field) << 3n) | 2n), varintBytes(BigInt(value.length)), value);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

/** A message of the protocol buffer format that is cut off or damaged. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** More fields in one message than any encoder needs. */
const mostFields = 50_000;

/** One field of a message: a number for the wire types 0, 1 and 5, bytes for type 2. */
export type Field =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly number: number; readonly kind: 'fixed'; readonly value: Uint8Array };

/**
 * The fields of a message in their order: https://protobuf.dev/programming-guides/encoding/
 * @throws ProtobufError
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new ProtobufError('a number is cut off');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError('a number is longer than 64 bits');
  };
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new ProtobufError('a field is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  let count = 0;
  while (at < bytes.length) {
    if (++count > mostFields) throw new ProtobufError(`a message has more than ${mostFields} fields`);
    const key = Number(varint());
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, kind: 'varint', value: varint() };
        break;
      case 1:
        yield { number, kind: 'fixed', value: take(8) };
        break;
      case 2:
        yield { number, kind: 'bytes', value: take(Number(varint())) };
        break;
      case 5:
        yield { number, kind: 'fixed', value: take(4) };
        break;
      default:
        throw new ProtobufError(`a field has the wire type ${key % 8}`);
    }
  }
}
