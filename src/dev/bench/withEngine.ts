import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '../../protocol/engine';
import { startEngine, type EngineClient } from '../engineClient';
import { inProject } from '../project';

/**
 * Hands out an engine process that has indexed a new folder, which is removed afterwards.
 *
 * @param write fills the folder, and tells how many files it holds
 */
export async function withEngine<T>(
  write: (folder: string) => Promise<number>,
  use: (engine: EngineClient, folder: string) => Promise<T>,
): Promise<T> {
  const base = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  const engine = startEngine();
  try {
    const folder = join(base, 'recordings');
    await mkdir(folder);
    const files = await write(folder);
    const ready = engine.until(({ state, done }) => state === 'ready' && done === files);
    await engine.ask('open', {
      folders: [{ name: 'bench', path: folder }],
      storage: join(base, 'storage'),
      models: inProject('models'),
      settings: defaultSettings,
      watch: false,
    });
    await ready;
    return await use(engine, folder);
  } finally {
    await engine.close();
    await rm(base, { recursive: true, force: true });
  }
}
