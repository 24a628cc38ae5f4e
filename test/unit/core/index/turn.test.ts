import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Turn } from '../../../../src/core/index/turn';

let folder: string;
let turns: Turn[];
const turn = () => {
  const made = new Turn(folder);
  turns.push(made);
  return made;
};
const mark = () => join(folder, 'indexing');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-turn-'));
  turns = [];
});

afterEach(() => {
  for (const made of turns) made.leave();
  rmSync(folder, { recursive: true, force: true });
});

describe('the turn to index', () => {
  it('is that of one at a time, and goes to another when it is left', () => {
    const [one, other] = [turn(), turn()];
    expect([one.take(), other.take(), one.take()]).toEqual([true, false, true]);
    other.leave();
    expect(other.take()).toBe(false);
    one.leave();
    expect(existsSync(mark())).toBe(false);
    expect([other.take(), one.take()]).toEqual([true, false]);
  });

  it('is taken from a process that is dead, and nothing of it stays', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(mark(), `${dead} some`);
    const [one, other] = [turn(), turn()];
    expect([one.take(), other.take()]).toEqual([true, false]);
    one.leave();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken from a process that lives, but does not move any more', () => {
    const passed = vi.spyOn(performance, 'now').mockReturnValue(1000);
    writeFileSync(mark(), `${process.ppid} some`);
    const one = turn();
    expect(one.take()).toBe(false);
    passed.mockReturnValue(15_000);
    utimesSync(mark(), new Date(0), new Date(0));
    expect(one.take()).toBe(false);
    passed.mockReturnValue(29_000);
    expect(one.take()).toBe(false);
    passed.mockReturnValue(31_000);
    expect(one.take()).toBe(true);
    passed.mockRestore();
  });

  it('is nobody’s where no mark can be left', () => {
    rmSync(folder, { recursive: true });
    const [one, other] = [turn(), turn()];
    expect([one.take(), other.take()]).toEqual([true, true]);
    one.leave();
  });
});
