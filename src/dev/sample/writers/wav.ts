const headerBytes = 44;

/** A RIFF WAVE file with one channel of 16-bit PCM; values beyond -1 and 1 are clipped. `rate` in Hz. */
export function wavFile(values: Float32Array, rate: number): Buffer {
  const bytes = Buffer.alloc(headerBytes + 2 * values.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(2 * rate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(2 * values.length, 40);
  values.forEach((value, i) => {
    bytes.writeInt16LE(Math.round(32767 * Math.max(-1, Math.min(1, value))), headerBytes + 2 * i);
  });
  return bytes;
}
