import { readFile, readdir } from 'node:fs/promises';

/** The process ids of the extension's engines in the editor with this `home`. */
export async function enginesIn(home: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map(commandOf));
  return pids.filter((_, index) => isEngine(commands[index] ?? [], home)).map(Number);
}

function isEngine(command: readonly string[], home: string): boolean {
  return command.some((part) => part.startsWith(home) && part.endsWith('/dist/engine.cjs'));
}

async function commandOf(pid: string): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
  } catch (error) {
    const ended = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
    if (ended) return [];
    throw error;
  }
}
