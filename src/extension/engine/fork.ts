import { fork, type ChildProcess } from 'node:child_process';

/**
 * Starts a program of the extension in a process of its own, with an IPC channel.
 * @param program the absolute path of the bundled program
 * @param nodeOptions of the process; those of the extension host are not passed on, because a debugger of both would fight
 *   for one port
 */
export function forkEngine(
  program: string,
  programArguments: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): ChildProcess {
  return fork(program, programArguments, {
    execArgv: [...nodeOptions],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
