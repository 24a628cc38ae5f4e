import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IndexerOptions } from '../../../src/core/index/indexer';
import { cacheFolder } from '../../../src/core/index/store/cacheFolder';
import { Store } from '../../../src/core/index/store/store';
import { Remembering } from '../../../src/engine/remembering';
import { FakeSink, FakeWorker, indexerOf } from '../core/index/fakeWorker';

let base: string;
let paths: string[];
let notes: string[];
const signal = new AbortController().signal;
const quiet = { problem: () => undefined, note: () => undefined };

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-remembering-'));
  notes = [];
  paths = Array.from({ length: 10 }, (_, i) => join(base, `${i}.csv`));
  for (const [i, path] of paths.entries()) write(path, String.fromCharCode(65 + i));
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const file = () => join(cacheFolder(join(base, 'storage')), 'snapshot');
let time = 1_700_000_000;

/** Writes a file with a time of its own. */
function write(path: string, content: string): void {
  writeFileSync(path, content);
  utimesSync(path, ++time, time);
}

/** A session from its beginning: what was remembered is there already. */
async function begin(identity = 'same', options: Partial<IndexerOptions> = {}) {
  const store = Store.open(join(base, 'storage'), quiet);
  const [worker, sink] = [new FakeWorker(), new FakeSink()];
  const indexer = indexerOf(store, worker, sink, base, options);
  const note = (text: string) => notes.push(text);
  const remembering = new Remembering({ storage: join(base, 'storage'), store, indexer, identity, note });
  await remembering.restore();
  const values = () => paths.map((path) => sink.embedded.get(path)?.values[0]);
  return {
    ...{ store, worker, indexer, remembering, values },
    update: async () => {
      await indexer.update(paths, signal);
      await remembering.remember(signal);
    },
    end: async () => {
      indexer.close();
      await store.close();
    },
  };
}

type Session = Awaited<ReturnType<typeof begin>>;

async function session(
  use: (session: Session) => Promise<void> | void,
  ...how: Parameters<typeof begin>
): Promise<void> {
  const begun = await begin(...how);
  try {
    await use(begun);
  } finally {
    await begun.end();
  }
}

const indexed = () => session(({ update }) => update());
const all = Array.from({ length: 10 }, (_, i) => 65 + i);
const none = Array.from({ length: 10 }, () => undefined);

describe('what a session remembers', () => {
  it('is there at once, and stays when no file has changed: nothing is read', async () => {
    await indexed();
    await session(async ({ values, update, worker, indexer }) => {
      expect(values()).toEqual(all);
      expect(indexer.progress).toEqual({ done: 10, total: 10 });
      await update();
      expect(values()).toEqual(all);
      expect(worker.asked).toEqual({ mark: 0, survey: 0, embed: 0 });
      expect(indexer.statistics).toMatchObject({ filesEncoded: 0, filesFromCache: 10 });
    });
  });

  it('is corrected where files changed since', async () => {
    await indexed();
    write(paths[3]!, 'Z');
    await session(async ({ values, update, worker }) => {
      expect(values()).toEqual(all);
      await update();
      expect(values()).toEqual(all.with(3, 90));
      expect(worker.asked).toEqual({ mark: 1, survey: 1, embed: 1 });
    });
  });

  it('is forgotten of files that are gone', async () => {
    await indexed();
    rmSync(paths[3]!);
    await session(async ({ indexer, values, update }) => {
      indexer.remove([paths[3]!]);
      expect(values()[3]).toBeUndefined();
      await update();
      expect(indexer.progress).toEqual({ done: 9, total: 9 });
    });
  });

  it('is embedded again when it would be embedded otherwise now', async () => {
    await indexed();
    await session(
      async ({ update, worker }) => {
        await update();
        expect(worker.asked).toEqual({ mark: 0, survey: 0, embed: 10 });
      },
      'same',
      { encoderHash: 'another' },
    );
  });

  it('is nothing for another identity, nor without the store that it was made of', async () => {
    await indexed();
    await session(({ values }) => {
      expect(values()).toEqual(none);
    }, 'other');
    const kept = readFileSync(file());
    rmSync(cacheFolder(join(base, 'storage')), { recursive: true });
    await indexed();
    writeFileSync(file(), kept);
    await session(({ values }) => {
      expect(values()).toEqual(none);
    });
    expect(notes).toEqual([]);
  });

  it('is nothing once the index was cleared', async () => {
    await indexed();
    await session(({ indexer }) => {
      indexer.clear();
    });
    await session(({ values }) => {
      expect(values()).toEqual(none);
    });
  });

  it('is written again only when much has changed', async () => {
    await indexed();
    const before = statSync(file(), { bigint: true }).ino;
    write(paths[0]!, 'Z');
    await session(({ update }) => update());
    expect(statSync(file(), { bigint: true }).ino).toBe(before);
    await session(async ({ update }) => {
      for (let i = 0; i < 8; i++) {
        for (const path of paths) write(path, String.fromCharCode(97 + i));
        await update();
      }
    });
    expect(statSync(file(), { bigint: true }).ino).not.toBe(before);
    await session(({ values }) => {
      expect(new Set(values()).size).toBe(1);
    });
  });

  it('is of no use for embedding a file that nobody has looked at since', async () => {
    await indexed();
    await session(async ({ indexer, values }) => {
      write(paths[3]!, 'Z');
      // The others of the layout go, so that all that is left is scaled anew.
      indexer.remove(paths.slice(4));
      await indexer.update(paths.slice(0, 4), signal);
      expect(values().slice(0, 4)).toEqual([65, 66, 67, 90]);
    });
  });
});

describe('a damaged snapshot', () => {
  const damages: Readonly<Record<string, (content: Buffer) => Buffer>> = {
    'cut off': (content) => content.subarray(0, content.length - 1),
    'without its end': (content) => content.subarray(0, content.length - 20),
    'cut off in a head': (content) => content.subarray(0, 3),
    empty: () => Buffer.alloc(0),
    garbage: (content) => Buffer.alloc(content.length, 'garbage'),
    'one bit flipped': (content) => {
      const copy = Buffer.from(content);
      copy[copy.length >> 1]! ^= 16;
      return copy;
    },
  };

  it.each(Object.entries(damages))('that is %s is forgotten, and made again', async (_, damage) => {
    await indexed();
    writeFileSync(file(), damage(readFileSync(file())));
    await session(async ({ values, update, worker }) => {
      expect(values()).toEqual(none);
      await update();
      expect(values()).toEqual(all);
      expect(worker.asked.embed).toBe(0);
    });
    expect(notes).toEqual([expect.stringMatching(/^The snapshot of the index cannot be used .*it is made again\.$/)]);
    await session(({ values }) => {
      expect(values()).toEqual(all);
    });
  });

  it('wherever it is cut off or flipped gives nothing wrong', async () => {
    await indexed();
    const whole = readFileSync(file());
    for (let at = 0; at < whole.length; at += 41) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1 << (at % 8);
      for (const content of [whole.subarray(0, at), flipped]) {
        writeFileSync(file(), content);
        await session(({ values }) => {
          expect([all, none]).toContainEqual(values());
        });
      }
    }
  });
});

describe('writing a snapshot', () => {
  it('leaves the old one when it is given up, and nothing of what dead processes had begun', async () => {
    await indexed();
    const leftover = `${file()}.999999999-01234567-89ab-cdef-0123-456789abcdef.partial`;
    writeFileSync(leftover, 'begun');
    utimesSync(leftover, 1e9, 1e9);
    const before = readFileSync(file());
    await session(async ({ update, remembering, indexer }) => {
      await update();
      for (let i = 0; i < 7; i++) {
        for (const path of paths) write(path, String.fromCharCode(97 + i));
        await indexer.update(paths, signal);
      }
      await expect(remembering.remember(AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
    });
    expect(readFileSync(file())).toEqual(before);
    expect(existsSync(leftover)).toBe(false);
  });

  it('that fails is told, and hurts nobody', async () => {
    await session(async ({ update, values }) => {
      rmSync(cacheFolder(join(base, 'storage')), { recursive: true });
      writeFileSync(cacheFolder(join(base, 'storage')), '');
      await update();
      expect(values()).toEqual(all);
    });
    expect(notes).toEqual([expect.stringMatching(/could not be written.*the next start takes longer/)]);
  });

  it('is whole when two sessions of a folder write at once', async () => {
    const [one, other] = [await begin(), await begin()];
    await Promise.all([one.update(), other.update()]);
    await one.end();
    await other.end();
    await session(({ values }) => {
      expect([all, none]).toContainEqual(values());
    });
    truncateSync(file(), statSync(file()).size);
    await indexed();
    await session(({ values }) => {
      expect(values()).toEqual(all);
    });
  });
});
