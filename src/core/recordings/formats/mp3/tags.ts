/** Where sound lies between the tags of an MP3 file: from `start` to before `end`. */
export function betweenTags(bytes: Buffer): { readonly start: number; readonly end: number } {
  let start = 0;
  while (bytes.toString('latin1', start, start + 3) === 'ID3' && start + 10 <= bytes.length) {
    const length = bytes.subarray(start + 6, start + 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    const hasFooter = ((bytes[start + 5] ?? 0) & 0x10) !== 0;
    start += 10 + length + (hasFooter ? 10 : 0);
  }
  // The length that a tag tells may lead beyond the end.
  start = Math.min(start, bytes.length);
  const oldTag = 128;
  const end = bytes.toString('latin1', bytes.length - oldTag, bytes.length - oldTag + 3) === 'TAG' ? oldTag : 0;
  return { start, end: Math.max(start, bytes.length - end) };
}
