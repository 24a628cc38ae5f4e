import { readFile, readdir } from 'node:fs/promises';

/** The process ids of the extension's engines, or of another of its programs, in the editor with this `home`. */
export async function enginesIn(home: string, program = 'engine'): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map(commandOf));
  return pids.filter((_, index) => isProgram(commands[index] ?? [], home, program)).map(Number);
}

function isProgram(command: readonly string[], home: string, program: string): boolean {
  return command.some((part) => part.startsWith(home) && part.endsWith(`/dist/${program}.cjs`));
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
