import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBytes } from '../../core/distributions/bytes';
import { blockLevels, channelSize, embeddingIdentity } from '../../core/encoder/blocks';
import { rawLevels } from '../../core/encoder/scales';
import type { FileWorker } from '../../core/index/fileWorker';
import { glancesNow } from '../../core/index/glance';
import { Indexer } from '../../core/index/indexer';
import { cacheFolder } from '../../core/index/store/cacheFolder';
import { adopt } from '../../core/index/store/owner';
import { Store } from '../../core/index/store/store';
import { Galleries } from '../../core/ranking/galleries';
import { rowFormOf } from '../../core/ranking/rowForm';
import { GallerySink } from '../../engine/gallerySink';
import { indexIdentity, Remembering } from '../../engine/remembering';
import { workOptions } from '../../engine/workers/workOptions';
import { defaultSettings, type OpenParams } from '../../protocol/engine';
import { startEngine } from '../engineClient';
import { inProject } from '../project';
import { embeddedSeries, type EmbeddedSeries } from './embedded';
import type { Figure } from './figures';

const files = 100_000;
const filesOfFolder = 1000;

/**
 * How long an engine takes until it answers among very many files that were indexed before, and until it has looked at each
 * of them. The files are empty, and their index is filled with embeddings of real recordings.
 */
export async function benchStarting(): Promise<readonly Figure[]> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-bench-start-'));
  try {
    const params = paramsOf(base);
    const paths = writeFiles(base);
    await fillIndex(params, paths, await embeddedSeries(files));
    return await startOf(params, paths);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function paramsOf(base: string): OpenParams {
  const [folder, storage] = [join(base, 'recordings'), join(base, 'storage')];
  return {
    folders: [{ name: 'bench', path: folder }],
    storage,
    models: inProject('models'),
    settings: defaultSettings,
    watch: false,
  };
}

function writeFiles(base: string): readonly string[] {
  return Array.from({ length: files }, (_, i) => {
    const folder = join(base, 'recordings', String(Math.floor(i / filesOfFolder)));
    if (i % filesOfFolder === 0) mkdirSync(folder, { recursive: true });
    const path = join(folder, `${i}.csv`);
    writeFileSync(path, '');
    return path;
  });
}

async function fillIndex(params: OpenParams, paths: readonly string[], series: EmbeddedSeries): Promise<void> {
  const { storage, folders, settings } = params;
  const fail = (text: string | null) => {
    throw new Error(text ?? 'the store can be written again');
  };
  const store = Store.open(storage, { problem: fail, note: fail });
  adopt(
    store,
    folders.map(({ path }) => path),
  );
  const galleries = new Galleries(rowFormOf(series.encoder), blockLevels(series.encoder));
  const signal = new AbortController().signal;
  const indexer = new Indexer(store, workerOf(paths, series), new GallerySink(galleries), {
    workOf: () => workOptions(settings, null),
    commonRates: settings.commonRates,
    encoderHash: embeddingIdentity(series.encoder),
    trackIdentity: 'tracks',
    width: 64,
    journals: storage,
    deaths: { version: 'bench', crashed: null },
    calm: () => Promise.resolve(),
    onError: (path, error) => {
      throw new Error(path, { cause: error });
    },
    onProgress: () => undefined,
  });
  for (let at = 0; at < paths.length; at += filesOfFolder) {
    await indexer.update(paths.slice(at, at + filesOfFolder), signal);
    store.flush();
  }
  const identity = indexIdentity(series.encoder, params);
  await new Remembering({ storage, store, indexer, identity, note: fail }).remember(signal);
  indexer.close();
  await store.close();
  await galleries.close();
}

/** Gives each file one of the embeddings. */
function workerOf(paths: readonly string[], { encoder, codes }: EmbeddedSeries): FileWorker {
  const numbers = new Map(paths.map((path, i) => [path, i]));
  const size = channelSize(encoder);
  const count = codes.length / size;
  const levels = toBytes(Float32Array.from({ length: rawLevels }, (_, i) => i));
  return {
    glances: (of) => Promise.resolve(glancesNow(of)),
    mark: (path) => Promise.resolve({ hash: path, companions: [], size: 0, modified: 0 }),
    survey: () => {
      const channels = [{ name: 'x', unit: null }];
      const surveyed = {
        number: 0,
        name: null,
        label: null,
        channels,
        steps: 200,
        rate: 100,
        notes: [],
        doubts: [],
        levels,
      };
      return Promise.resolve({ kind: 'sequences', format: 'csv', count: 1, unusable: [], sequences: [surveyed] });
    },
    embed: (path) => {
      const row = (numbers.get(path) ?? 0) % count;
      return Promise.resolve([{ number: 0, values: codes.slice(row * size, (row + 1) * size), covered: 1 }]);
    },
  };
}

async function startOf(params: OpenParams, paths: readonly string[]): Promise<readonly Figure[]> {
  const started = performance.now();
  const engine = startEngine();
  const ready = engine.until(({ state, done }) => state === 'ready' && done > 0);
  await engine.ask('open', params);
  const path = paths[files >> 1] ?? '';
  const { matches, candidates } = await engine.ask('search', {
    query: { path, number: 0 },
    scope: 'layout',
    limit: 20,
  });
  const first = (performance.now() - started) / 1000;
  if (matches.length === 0 || candidates < files - 1) throw new Error(`the first answer ranks ${candidates} files`);
  await ready;
  const seconds = (performance.now() - started) / 1000;
  const { filesEncoded, peakMegabytes } = await engine.ask('diagnostics', {});
  await engine.close();
  if (filesEncoded > 0) throw new Error(`${filesEncoded} files were encoded although nothing had changed`);
  const diskMegabytes = ['data.mdb', 'snapshot'].reduce(
    (sum, name) => sum + statSync(join(cacheFolder(params.storage), name)).size / 1e6,
    0,
  );
  const name = `start among ${files.toLocaleString('en')} indexed files: first answer`;
  return [
    { name, value: first, unit: 's', target: { at: 'most', value: 2 } },
    { name: '  all files looked at', value: seconds, unit: 's' },
    { name: '  engine memory, peak', value: peakMegabytes, unit: 'MB', target: { at: 'most', value: 600 } },
    { name: '  on disk', value: diskMegabytes, unit: 'MB' },
  ];
}
