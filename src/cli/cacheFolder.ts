import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command line keeps the cache of a folder: in the place that the platform has for caches. */
export function cacheFolder(folder: string): string {
  const { env, platform } = process;
  const fallback = platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const base = env['XDG_CACHE_HOME'] ?? (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ?? fallback;
  return join(base, 'kindred', createHash('sha256').update(folder).digest('hex').slice(0, 16));
}
