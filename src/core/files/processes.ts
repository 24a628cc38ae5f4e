import { codeOf } from './errorCode';

/** Whether another process with this number runs, of whatever user. A mark of our own number was left by one that is gone. */
export function isAnotherAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
