/**
 * A NumPy array file of version 1.0, little-endian float32: of shape `[T]` for one channel, `[T, C]` for more.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyFile(channels: readonly Float32Array[]): Buffer {
  const steps = channels[0]?.length ?? 0;
  const shape = channels.length === 1 ? `(${steps},)` : `(${steps}, ${channels.length})`;
  const data = Buffer.alloc(4 * steps * channels.length);
  channels.forEach((channel, c) => {
    channel.forEach((value, t) => data.writeFloatLE(value, 4 * (t * channels.length + c)));
  });
  return Buffer.concat([header(`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`), data]);
}

function header(description: string): Buffer {
  const prefix = 10;
  // The data begin on a multiple of 64 bytes, and the header ends in a line feed.
  const length = Math.ceil((prefix + description.length + 1) / 64) * 64 - prefix;
  const bytes = Buffer.alloc(prefix);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  return Buffer.concat([bytes, Buffer.from(`${description.padEnd(length - 1)}\n`, 'latin1')]);
}
