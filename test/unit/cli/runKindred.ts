import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line that was built, in a folder, with its caches in another. */
export function runKindred(folder: string, caches: string, args: readonly string[]): Promise<Finished> {
  const env = { ...process.env, XDG_CACHE_HOME: caches };
  const child = spawn(process.execPath, [resolve('dist/cli.cjs'), ...args], { cwd: folder, env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return new Promise((done) => {
    child.on('close', (code) => {
      done({ code, stdout, stderr });
    });
  });
}
