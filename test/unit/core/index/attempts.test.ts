import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attempts } from '../../../../src/core/index/attempts';
import { Store } from '../../../../src/core/index/store/store';

let folder: string;
let store: Store;

beforeEach(() => {
  now = 1_800_000_000_000;
  folder = mkdtempSync(join(tmpdir(), 'kindred-attempts-'));
  store = Store.open(folder, { problem: () => undefined, note: () => undefined });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;
const journals = () => readdirSync(folder).filter((name) => name.startsWith('reading-'));

let now: number;
const day = 24 * 3600 * 1000;

const attemptsAfter = (crashed: number | null, version = '1') =>
  new Attempts(folder, store, { version, crashed, now: () => now });

/** What the next engine counts after one has crashed and left this journal. */
function deathsAfter(journal: string, paths: readonly string[], pid = deadPid()): readonly number[] {
  writeFileSync(join(folder, `reading-${pid}`), journal);
  const attempts = attemptsAfter(pid);
  const deaths = paths.map((path) => attempts.deaths(path, 'content'));
  attempts.close();
  return deaths;
}

describe('attempts', () => {
  it('counts the deaths of engines over files that they had begun and not ended', () => {
    const journal = `\n+"/a.csv"\n+"/b.csv"\n-"/b.csv"\n+"/c.csv"\n-"/c.csv"\n+"/cut off`;
    for (let death = 1; death <= 3; death++) {
      expect(deathsAfter(journal, ['/a.csv', '/b.csv', '/c.csv'])).toEqual([death, 0, 0]);
      expect(journals()).toEqual([]);
    }
    expect(attemptsAfter(null).deaths('/a.csv', 'another content')).toBe(0);
  });

  it('starts whatever a full disk has cut off, and still counts what is whole', () => {
    const torn = '\n+"/torn.csv"';
    for (let length = 1; length < torn.length; length++) {
      const path = `/after ${length}.csv`;
      const journal = `${torn.slice(0, length)}\n+"${path}"`;
      expect(deathsAfter(journal, ['/torn.csv', path])).toEqual([0, 1]);
    }
    // As earlier versions wrote them: the next line begins where the torn one ends.
    expect(deathsAfter('+"/a.csv"\n+"/tor-"/a.csv"\n+"/d.csv"\n', ['/d.csv'])).toEqual([1]);
  });

  it('counts what a dead engine of the same number has left, and never what a living one writes', () => {
    expect(deathsAfter('\n+"/a.csv"', ['/a.csv'], process.pid)).toEqual([1]);
    expect(deathsAfter('\n+"/b.csv"', ['/b.csv'], process.ppid)).toEqual([0]);
    const one = attemptsAfter(null);
    one.begin('/c.csv');
    const two = attemptsAfter(null);
    expect(two.deaths('/c.csv', 'content')).toBe(0);
    one.end('/c.csv');
    one.close();
    two.close();
    expect(journals()).toEqual([`reading-${process.ppid}`]);
  });

  it('suspects what an engine was reading that was ended from outside, and counts nothing', () => {
    for (let kill = 0; kill < 5; kill++) {
      writeFileSync(join(folder, `reading-${deadPid()}`), '\n+"/innocent.csv"\n+"/done.csv"\n-"/done.csv"');
      const attempts = attemptsAfter(null);
      expect(attempts.isSuspect('/innocent.csv')).toBe(true);
      expect(attempts.isSuspect('/done.csv')).toBe(false);
      expect(attempts.deaths('/innocent.csv', 'content')).toBe(0);
      attempts.close();
      expect(journals()).toEqual([]);
    }
  });

  it('suspects what it counts, and forgets it after a day and under another version', () => {
    for (let death = 0; death < 3; death++) deathsAfter('\n+"/a.csv"', []);
    const next = attemptsAfter(null);
    expect([next.deaths('/a.csv', 'content'), next.isSuspect('/a.csv')]).toEqual([3, true]);
    expect(attemptsAfter(null, '2').deaths('/a.csv', 'content')).toBe(0);
    now += day - 1;
    expect(next.deaths('/a.csv', 'content')).toBe(3);
    now += 1;
    expect([next.deaths('/a.csv', 'content'), next.isSuspect('/a.csv')]).toEqual([0, false]);
    now -= 2 * day;
    expect(next.deaths('/a.csv', 'content')).toBe(0);
  });

  it('goes on without its journal in a folder that is gone or cannot be written', () => {
    const attempts = attemptsAfter(null);
    rmSync(folder, { recursive: true });
    attempts.begin('/a.csv');
    attempts.end('/a.csv');
    attempts.close();
    writeFileSync(folder, 'a file where the folder should be');
    const others = attemptsAfter(null);
    others.begin('/a.csv');
    others.close();
  });
});
