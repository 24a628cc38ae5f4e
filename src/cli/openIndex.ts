import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { Engine } from '../engine/engine';
import { RequestError } from '../engine/requestError';
import { defaultSettings, type IndexStatus, type OpenParams } from '../protocol/engine';

/**
 * Indexes a folder with a progress bar on standard error, and hands the engine to `use`.
 *
 * @param more where its cache is kept, if elsewhere, and forms of layouts that are fixed
 * @throws RequestError for a folder that is not there
 */
export async function withIndex<T>(
  folder: string,
  threads: number,
  signal: AbortSignal,
  use: (engine: Engine) => T | Promise<T>,
  more: Partial<Pick<OpenParams, 'storage' | 'forms'>> = {},
): Promise<T> {
  await checkFolder(folder);
  const bar = progressBar();
  const engine = new Engine(join(__dirname, 'worker.cjs'), {
    status: (status) => {
      bar.show(status);
    },
    log: ({ level, text }) => {
      if (level === 'warn' || level === 'error') process.stderr.write(`${text}\n`);
    },
  });
  try {
    await engine.ask('open', {
      folders: [{ name: basename(folder), path: folder }],
      storage: cacheFolder(folder),
      models: join(__dirname, '..', 'models'),
      settings: { ...defaultSettings, threads },
      watch: false,
      ...more,
    });
    await Promise.race([engine.indexed(), aborted(signal)]);
    bar.end(await engine.ask('status', {}));
    return await use(engine);
  } finally {
    bar.end();
    await engine.close();
  }
}

/** Where the command line keeps the cache of a folder. */
export function cacheFolder(folder: string): string {
  return join(cachesFolder(), createHash('sha256').update(folder).digest('hex').slice(0, 16));
}

/** Where the command line keeps its caches: in the place that the platform has for them. */
export function cachesFolder(): string {
  const { env, platform } = process;
  const fallback = platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const base = env['XDG_CACHE_HOME'] ?? (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ?? fallback;
  return join(base, 'kindred');
}

/** @throws RequestError for a folder that is not there */
export async function checkFolder(folder: string): Promise<void> {
  const stats = await stat(folder).catch(() => null);
  if (stats === null) throw new RequestError(`The folder ${folder} does not exist.`);
  if (!stats.isDirectory()) throw new RequestError(`${folder} is not a folder.`);
}

function aborted(signal: AbortSignal): Promise<never> {
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
