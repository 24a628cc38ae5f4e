/** Writes protocol buffer messages: https://protobuf.dev/programming-guides/encoding/ */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];

  /** A field of wire type 0; negative numbers take ten bytes, as int64 does. */
  varint(field: number, value: number | bigint): this {
    this.parts.push(varintBytes((BigInt(field) << 3n) | 0n), varintBytes(BigInt.asUintN(64, BigInt(value))));
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
