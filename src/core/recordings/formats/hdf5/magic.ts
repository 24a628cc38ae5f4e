/** Where the first bytes of HDF5 may stand: at the beginning, or behind a block of the user's own (as in MAT-files). */
const starts = [0, 512, 1024, 2048, 4096, 8192];
const magic = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** Whether bytes begin like an HDF5 file. */
export function isHdf5(head: Buffer): boolean {
  return starts.some((start) => head.subarray(start, start + magic.length).equals(magic));
}
