import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { harmlessly } from '../fileErrors';
import { isAnotherAlive } from '../../files/processes';

const prefix = 'used-';

/** The marks of this process. */
const own = new Set<string>();

/** Marks a folder as used by this process. @returns what takes the mark back */
export function enter(folder: string): () => void {
  const mark = join(folder, `${prefix}${process.pid}-${randomUUID()}`);
  writeFileSync(mark, '');
  own.add(mark);
  return () => {
    own.delete(mark);
    harmlessly(() => {
      rmSync(mark, { force: true });
    });
  };
}

/** Whether anybody who lives uses a folder. The marks of the dead are removed. */
export function isInUse(folder: string): boolean {
  const marks = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const living = marks.filter((name) => {
    const mark = join(folder, name);
    const lives = own.has(mark) || isAnotherAlive(Number.parseInt(name.slice(prefix.length), 10));
    if (!lives) rmSync(mark, { force: true });
    return lives;
  });
  return living.length > 0;
}
