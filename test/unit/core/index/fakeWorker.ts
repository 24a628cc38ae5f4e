import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toBytes } from '../../../../src/core/distributions/bytes';
import { rawLevels } from '../../../../src/core/encoder/scales';
import type { Embedded } from '../../../../src/core/index/embedder';
import type { FileWorker } from '../../../../src/core/index/fileWorker';
import type { CatalogueSequence } from '../../../../src/core/index/catalogue';
import { glancesNow } from '../../../../src/core/index/glance';
import type { EmbeddingSink } from '../../../../src/core/index/held';
import { Indexer, type IndexerOptions } from '../../../../src/core/index/indexer';
import type { Store } from '../../../../src/core/index/store/store';
import { defaultReadOptions } from '../../../../src/core/recordings/reader';

export type Step = 'mark' | 'survey' | 'embed';

/** A worker to which a file is a recording of one value, its first byte, by which it is surveyed and embedded. */
export class FakeWorker implements FileWorker {
  /** How often each was asked for. */
  readonly asked = { mark: 0, survey: 0, embed: 0 };
  /** Called before and after a file is read. */
  onRead: (step: Step, when: 'before' | 'after', path: string) => void | Promise<void> = () => undefined;

  readonly glances: FileWorker['glances'] = (paths) => Promise.resolve(glancesNow(paths));

  readonly mark: FileWorker['mark'] = (path) =>
    this.read('mark', path, (bytes) => ({
      hash: createHash('sha256').update(bytes).digest('hex'),
      companions: [],
      size: bytes.length,
      modified: 0,
    }));

  readonly survey: FileWorker['survey'] = (path) =>
    this.read('survey', path, (bytes) => ({
      kind: 'sequences',
      format: 'csv',
      count: 1,
      unusable: [],
      sequences: [
        {
          number: 0,
          name: `first byte ${bytes[0]}`,
          label: null,
          channels: [{ name: 'x', unit: null }],
          steps: 100,
          rate: null,
          notes: [],
          doubts: [],
          levels: toBytes(new Float32Array(rawLevels).fill(1)),
        },
      ],
    }));

  readonly embed: FileWorker['embed'] = (path) =>
    this.read('embed', path, (bytes) => [{ number: 0, values: Uint8Array.of(bytes[0] ?? 0), covered: 1 }]);

  private async read<T>(step: Step, path: string, work: (bytes: Buffer) => T): Promise<T> {
    this.asked[step]++;
    await this.onRead(step, 'before', path);
    const result = work(readFileSync(path));
    await this.onRead(step, 'after', path);
    return result;
  }
}

/** Keeps what came last. */
export class FakeSink implements EmbeddingSink {
  readonly embedded = new Map<string, Embedded>();
  put(item: Embedded): void {
    this.embedded.set(item.sequence.path, item);
  }
  remove(path: string): void {
    this.embedded.delete(path);
  }
  clear(): void {
    this.embedded.clear();
  }
  embeddingOf({ path }: CatalogueSequence): Embedded | undefined {
    return this.embedded.get(path);
  }
}

export function indexerOf(
  store: Store,
  worker: FileWorker,
  sink: EmbeddingSink,
  journals: string,
  options: Partial<IndexerOptions> = {},
): Indexer {
  return new Indexer(store, worker, sink, {
    workOf: () => ({ read: defaultReadOptions, maximumSteps: 100 }),
    commonRates: false,
    encoderHash: 'encoder',
    trackIdentity: 'tracks',
    width: 2,
    journals,
    deaths: { version: '1', crashed: null },
    calm: () => Promise.resolve(),
    onError: (path, error) => {
      throw new Error(path, { cause: error });
    },
    onProgress: () => undefined,
    ...options,
  });
}
