import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { Engine } from '../engine/engine';
import { RequestError } from '../engine/requestError';
import { tryEncoder } from '../engine/trial/tryEncoder';
import { defaultSettings, type EngineSettings, type IndexStatus, type WorkspaceFolder } from '../protocol/engine';

/** How a folder is indexed, as the options of a command say. */
export interface IndexOptions {
  readonly threads: number;
  /** The folder of the encoder, if not the bundled one. */
  readonly encoder?: string;
  /** Those that are not as usual. */
  readonly settings?: Partial<EngineSettings>;
  /** The folder where the index is kept, if not in the system's place for caches. */
  readonly cache?: string;
}

/**
 * Indexes folders with a progress bar on standard error, and hands the engine to `use`.
 * @param folders as the user gave them
 * @throws RequestError for a folder that is not there
 */
export async function withIndex<T>(
  folders: readonly string[],
  options: IndexOptions,
  signal: AbortSignal,
  use: (engine: Engine) => T | Promise<T>,
): Promise<T> {
  const bar = progressBar();
  const show = (status: IndexStatus): void => {
    bar.show(status);
  };
  try {
    return await withEngine(folders, { ...options, watch: false }, show, async (engine) => {
      await Promise.race([engine.indexed(), aborted(signal)]);
      bar.end(await engine.ask('status', {}));
      return await use(engine);
    });
  } finally {
    bar.end();
  }
}

/** Opens folders with an engine, which is closed when `use` ends. @throws RequestError for a folder that is not there */
export async function withEngine<T>(
  given: readonly string[],
  { threads, encoder, settings, cache, watch }: IndexOptions & { readonly watch: boolean },
  status: (status: IndexStatus) => void,
  use: (engine: Engine, folders: readonly WorkspaceFolder[]) => Promise<T>,
): Promise<T> {
  const folders = given.map((folder) => resolve(folder)).map((path) => ({ name: basename(path), path }));
  for (const { path } of folders) await checkFolder(path);
  const engine = new Engine(join(__dirname, 'worker.cjs'), {
    status,
    log: ({ level, text }) => {
      if (level === 'warn' || level === 'error') process.stderr.write(`${text}\n`);
    },
  });
  const bundled = join(__dirname, '..', 'models');
  const models = encoder === undefined ? bundled : resolve(encoder);
  try {
    if (models !== bundled) await tryEncoder(models);
    await engine.ask('open', {
      folders,
      storage: cache === undefined ? cacheFolder(folders.map(({ path }) => path)) : resolve(cache),
      models,
      settings: { ...defaultSettings, ...settings, threads },
      watch,
    });
    return await use(engine, folders);
  } finally {
    await engine.close();
  }
}

/** Where the command line keeps the cache of folders: in the place that the platform has for caches. */
function cacheFolder(folders: readonly string[]): string {
  const { env, platform } = process;
  const fallback = platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const base = env['XDG_CACHE_HOME'] ?? (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ?? fallback;
  return join(base, 'kindred', createHash('sha256').update(folders.join('\0')).digest('hex').slice(0, 16));
}

async function checkFolder(folder: string): Promise<void> {
  const stats = await stat(folder).catch(() => null);
  if (stats === null) throw new RequestError(`The folder ${folder} does not exist.`);
  if (!stats.isDirectory()) throw new RequestError(`${folder} is not a folder.`);
}

/** Rejects when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('interrupted'));
    });
  });
}

interface Progress {
  show(status: IndexStatus): void;
  end(status?: IndexStatus): void;
}

function progressBar(): Progress {
  const format = 'Indexing {bar} {value} of {total} files';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, barsize: 30 }, Presets.shades_classic);
  let started = false;
  return {
    show({ done, total }) {
      if (total === 0) return;
      if (!started) bar.start(total, done);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    end(status) {
      if (status !== undefined) this.show(status);
      if (started) bar.stop();
      started = false;
    },
  };
}
