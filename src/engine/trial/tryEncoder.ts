import { fork } from 'node:child_process';
import { EncoderError } from '../../core/encoder/description';
import { bundlePath } from '../../core/files/bundles';
import type { Verdict } from './verdict';

/** A sound encoder takes a second, on a machine that does nothing else. */
const patienceMilliseconds = 60_000;
const mostHeapMegabytes = 512;

/**
 * Checks and runs the encoder in a folder in a process of its own: one that never ends, takes all memory or brings the
 * process down harms nobody else.
 * @param script for tests, another process
 * @throws EncoderError when it is not to be used
 */
export async function tryEncoder(
  folder: string,
  script = bundlePath('trial.cjs'),
  patience = patienceMilliseconds,
): Promise<void> {
  const verdict = await verdictOn(folder, script, patience);
  if (verdict.kind === 'refused') throw new EncoderError(verdict.reason);
}

function verdictOn(folder: string, script: string, patience: number): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [folder], {
      execArgv: [`--max-old-space-size=${mostHeapMegabytes}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const refused = (reason: string) => {
      resolve({ kind: 'refused', reason: `The encoder in ${folder} is refused, because ${reason}.` });
    };
    const timer = setTimeout(() => {
      refused(`trying it out took longer than ${patience / 1000} s`);
      child.kill('SIGKILL');
    }, patience);
    child.once('message', (verdict: Verdict) => {
      resolve(verdict);
    });
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(timer);
      refused('the process in which it was tried out died');
    });
  });
}
