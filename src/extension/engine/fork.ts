import { fork, type ChildProcess } from 'node:child_process';

/**
 * Starts a program of the extension in a process of its own, with an IPC channel.
 * @param program the absolute path of the bundled program
 */
export function forkEngine(program: string, programArguments: readonly string[] = []): ChildProcess {
  return fork(program, programArguments, {
    // Options such as --inspect are the extension host's own: the engine would fight for the same port.
    execArgv: [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
