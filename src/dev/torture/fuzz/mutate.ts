import type { Random } from '../../../core/distributions/random';

/** A file never grows beyond this. */
const mostBytes = 1 << 20;

/** Numbers at which lengths, offsets and counts go wrong. */
const oddNumbers = [
  0n,
  1n,
  2n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x10000n,
  0xffffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x100000000n,
  0x1fffffffffffffn,
  0x7fffffffffffffffn,
  0xffffffffffffffffn,
];

/** What a text is made of where it says something about itself. */
const oddTexts = [
  ...['0', '-1', '1e308', '-1e308', '1e-320', 'NaN', 'inf', '4294967296', '9007199254740993', '00000000000000000001'],
  ...[
    ',',
    ';',
    '\t',
    ' ',
    '\n',
    '\r',
    '\r\n',
    '"',
    "'",
    '#',
    '%',
    '@',
    ':',
    '=',
    '|',
    '\u0000',
    '\ufeff',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    '2020-01-01',
    '2020-01-01T00:00:00Z',
    '12:00:00',
    '31.12.2019 23:59',
    '1,5',
    '1.234,5',
    'true',
    'null',
    '$(x)',
    '[Hz]',
  ],
];

type Change = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const changes: readonly Change[] = [
  flippedBit,
  flippedBit,
  otherByte,
  oddNumber,
  oddNumber,
  oddNumber,
  oddText,
  oddText,
  cut,
  leftOut,
  doubled,
  repeated,
  moved,
  spliced,
  otherDigit,
  otherDigit,
  zeroed,
];

/** A file that has gone wrong in up to eight ways. @param other a file of which a piece may come into it */
export function mutated(bytes: Buffer, other: Buffer, random: Random): Buffer {
  let result: Buffer = Buffer.from(bytes);
  const count = 1 + random.below(random.below(8) + 1);
  for (let i = 0; i < count; i++) {
    const change = changes[random.below(changes.length)] ?? flippedBit;
    result = change(result, random, other).subarray(0, mostBytes);
  }
  return result;
}

/** Most often near the beginning or the end, where headers and directories are. */
function placeIn({ length }: Buffer, random: Random): number {
  const near = Math.min(length, 1 << (4 + random.below(8)));
  const choice = random.below(4);
  if (choice === 0) return random.below(length);
  return choice === 1 ? length - 1 - random.below(near) : random.below(near);
}

/** Short most often. */
function lengthOf(most: number, random: Random): number {
  return random.below(Math.min(most, 1 << random.below(14)) + 1);
}

function inPlace(change: (bytes: Buffer, at: number, random: Random) => void): Change {
  return (bytes, random) => {
    if (bytes.length > 0) change(bytes, placeIn(bytes, random), random);
    return bytes;
  };
}

function flippedBit(...args: Parameters<Change>): Buffer {
  return inPlace((bytes, at, random) => {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  })(...args);
}

function otherByte(...args: Parameters<Change>): Buffer {
  return inPlace((bytes, at, random) => {
    bytes[at] = random.below(256);
  })(...args);
}

function oddNumber(...args: Parameters<Change>): Buffer {
  return inPlace((bytes, at, random) => {
    const width = 1 << random.below(4);
    const bits = oddNumbers[random.below(oddNumbers.length)] ?? 0n;
    const isBig = random.below(2) === 0;
    for (let i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = Number((bits >> BigInt(8 * (isBig ? width - 1 - i : i))) & 0xffn);
    }
  })(...args);
}

/** One digit of a text becomes another: a header then promises something else. */
function otherDigit(...args: Parameters<Change>): Buffer {
  return inPlace((bytes, at, random) => {
    const found = bytes.subarray(at).findIndex((byte) => byte >= 0x30 && byte <= 0x39);
    if (found >= 0) bytes[at + found] = 0x30 + random.below(10);
  })(...args);
}

function zeroed(...args: Parameters<Change>): Buffer {
  return inPlace((bytes, at, random) => bytes.fill(0, at, at + lengthOf(bytes.length - at, random)))(...args);
}

function oddText(bytes: Buffer, random: Random): Buffer {
  const text = Buffer.from(oddTexts[random.below(oddTexts.length)] ?? '');
  const at = placeIn(bytes, random);
  const over = random.below(2) === 0 ? text.length : 0;
  return Buffer.concat([bytes.subarray(0, at), text, bytes.subarray(at + over)]);
}

function cut(bytes: Buffer, random: Random): Buffer {
  return Buffer.from(bytes.subarray(0, placeIn(bytes, random)));
}

function leftOut(bytes: Buffer, random: Random): Buffer {
  const at = placeIn(bytes, random);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + lengthOf(bytes.length - at, random))]);
}

function doubled(bytes: Buffer, random: Random): Buffer {
  const at = placeIn(bytes, random);
  const piece = bytes.subarray(at, at + lengthOf(bytes.length - at, random));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

/** A short piece, very often: what is recursive or quadratic shows. */
function repeated(bytes: Buffer, random: Random): Buffer {
  const at = placeIn(bytes, random);
  const piece = bytes.subarray(at, at + 1 + random.below(16));
  const pieces = Array.from({ length: 1 << random.below(13) }, () => piece);
  return Buffer.concat([bytes.subarray(0, at), ...pieces, bytes.subarray(at)]);
}

function moved(bytes: Buffer, random: Random): Buffer {
  if (bytes.length === 0) return bytes;
  const [from, to] = [placeIn(bytes, random), placeIn(bytes, random)];
  bytes.copy(bytes, to, from, from + lengthOf(bytes.length - from, random));
  return bytes;
}

function spliced(bytes: Buffer, random: Random, other: Buffer): Buffer {
  const [from, at] = [placeIn(other, random), placeIn(bytes, random)];
  const piece = other.subarray(from, from + lengthOf(other.length - from, random));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + random.below(piece.length + 1))]);
}
