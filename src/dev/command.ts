import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { isAbsolute } from 'node:path';

export interface Finished {
  /** The exit code, or 1 if a signal ended the command. */
  readonly code: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Shows the output while it comes instead of keeping it. */
  readonly show?: boolean;
}

/** Runs a program to its end. @throws Error if it cannot be started. */
export function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  const spawning: SpawnOptions = { stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'] };
  if (options.cwd !== undefined) spawning.cwd = options.cwd;
  if (options.env !== undefined) spawning.env = options.env;
  return new Promise((resolve, reject) => {
    const child = start(program, args, spawning);
    const pieces: Buffer[] = [];
    child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr?.on('data', (piece: Buffer) => pieces.push(piece));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: Buffer.concat(pieces).toString() });
    });
  });
}

/** On Windows npm and code are scripts, which only a shell can start. */
function start(program: string, args: readonly string[], spawning: SpawnOptions): ChildProcess {
  if (process.platform !== 'win32' || isAbsolute(program)) return spawn(program, args, spawning);
  return spawn([program, ...args.map((arg) => `"${arg}"`)].join(' '), { ...spawning, shell: true });
}

/** Like `run`. @throws Error with the whole output if the program fails. */
export async function mustRun(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { code, output } = await run(program, args, options);
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with exit code ${code}\n${output}`);
  return output;
}
