import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What the editor with this `home`, its extension hosts and their extensions have logged, file by file. */
export async function editorLogs(home: string): Promise<string> {
  const folder = join(home, 'user-data/logs');
  const names = await readdir(folder, { recursive: true });
  const files = ['../../server.log', ...names.filter((name) => name.endsWith('.log'))];
  const texts = await Promise.all(
    files.map(async (name) => `== ${name}\n${await readFile(join(folder, name), 'utf8')}`),
  );
  return texts.join('\n');
}
