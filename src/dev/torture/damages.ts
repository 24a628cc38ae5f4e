import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from '../../core/distributions/random';
import { dataFile, lockFile } from '../../core/index/store/cacheFolder';

/** Damage that is done to the folder of a cache. */
export interface Damage {
  readonly kind: string;
  readonly apply: (folder: string) => void;
  /** Whether it only keeps this user from what is there: then nothing can be kept. */
  readonly forbids?: boolean;
}

const page = 4096;
/** Where the first pages say what they are, and the copy of what was flushed last. */
const heads = [0, page / 2, page] as const;
const headBytes = 168;

/**
 * Every kind of damage: each byte of the heads, cuts, bits and pages anywhere, and files that are gone or others.
 * @param length of the file, in bytes
 * @param step only each so many of a kind
 */
export function damages(length: number, random: Random, step = 1): readonly Damage[] {
  const times = (count: number, make: (i: number) => Damage) =>
    Array.from({ length: Math.ceil(count / step) }, (_, i) => make(i * step));
  const flipped = (kind: string, at: number): Damage => {
    const bit = 1 << random.below(8);
    return changed(kind, (bytes) => {
      bytes[at] = (bytes[at] ?? 0) ^ bit;
    });
  };
  return [
    ...heads.flatMap((head) => times(headBytes, (i) => flipped('a bit of the first pages', head + i))),
    ...times(100, (i) => cut('cut off', Math.floor(((i + 1) / 101) * length))),
    ...times(1000, () => flipped('a bit anywhere', random.below(length))),
    ...times(1000, () => otherByte(random.below(length), 1 + random.below(255))),
    ...times(60, () => zeroedPage(random.below(length / page))),
    ...times(60, () => swappedPages(random.below(length / page), random.below(length / page))),
    ...wholeFiles(length, random),
    ...(process.platform === 'win32' ? [] : prohibitions),
  ];
}

function otherByte(at: number, by: number): Damage {
  return changed('a byte anywhere', (bytes) => {
    bytes[at] = ((bytes[at] ?? 0) + by) % 256;
  });
}

function changed(kind: string, change: (bytes: Buffer) => void): Damage {
  return {
    kind,
    apply: (folder) => {
      const bytes = readFileSync(dataFile(folder));
      change(bytes);
      writeFileSync(dataFile(folder), bytes);
    },
  };
}

function cut(kind: string, length: number): Damage {
  return {
    kind,
    apply: (folder) => {
      truncateSync(dataFile(folder), length);
    },
  };
}

function zeroedPage(number: number): Damage {
  return changed('a page of zeros', (bytes) => {
    bytes.fill(0, number * page, (number + 1) * page);
  });
}

function swappedPages(one: number, other: number): Damage {
  return changed('two pages exchanged', (bytes) => {
    const kept = Buffer.from(bytes.subarray(one * page, (one + 1) * page));
    bytes.copyWithin(one * page, other * page, (other + 1) * page);
    kept.copy(bytes, other * page);
  });
}

function wholeFiles(length: number, random: Random): readonly Damage[] {
  const asFolder = (of: (folder: string) => string) => (folder: string) => {
    rmSync(of(folder), { force: true });
    mkdirSync(of(folder));
  };
  return [
    cut('empty', 0),
    {
      kind: 'garbage',
      apply: (folder) => {
        writeFileSync(dataFile(folder), garbage(length, random));
      },
    },
    {
      kind: 'no lock',
      apply: (folder) => {
        rmSync(lockFile(folder), { force: true });
      },
    },
    {
      kind: 'garbage as lock',
      apply: (folder) => {
        writeFileSync(lockFile(folder), garbage(8192, random));
      },
    },
    { kind: 'a folder as data', apply: asFolder(dataFile) },
    { kind: 'a folder as lock', apply: asFolder(lockFile) },
    changed('another version', (bytes) => {
      for (const head of heads) bytes.writeUInt32LE(1, head + 28);
    }),
    {
      kind: 'a file as folder',
      apply: (folder) => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, 'no folder');
      },
    },
    {
      kind: 'no data',
      apply: (folder) => {
        if (existsSync(dataFile(folder))) rmSync(dataFile(folder));
      },
    },
  ];
}

function forbidden(kind: string, of: (folder: string) => string, mode: number): Damage {
  return {
    kind,
    forbids: true,
    apply: (folder) => {
      chmodSync(of(folder), mode);
    },
  };
}

const prohibitions: readonly Damage[] = [
  forbidden('read-only data', dataFile, 0o444),
  forbidden('read-only lock', lockFile, 0o444),
  forbidden('a read-only folder', (folder) => folder, 0o555),
  forbidden('a read-only storage', dirname, 0o555),
  forbidden('data that cannot be read', dataFile, 0),
  forbidden('a lock that cannot be read', lockFile, 0),
  forbidden('a folder that cannot be read', (folder) => folder, 0),
];

function garbage(length: number, random: Random): Buffer {
  return Buffer.from(Uint8Array.from({ length }, () => random.below(256)));
}
