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
  folder = mkdtempSync(join(tmpdir(), 'kindred-attempts-'));
  store = Store.open(folder, { problem: () => undefined, note: () => undefined });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;
const journals = () => readdirSync(folder).filter((name) => name.startsWith('reading-'));

/** What the next engine counts after one has left this journal. */
function deathsAfter(journal: string, paths: readonly string[], name = `reading-${deadPid()}`): readonly number[] {
  writeFileSync(join(folder, name), journal);
  const attempts = new Attempts(folder, store);
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
    expect(new Attempts(folder, store).deaths('/a.csv', 'another content')).toBe(0);
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
    expect(deathsAfter('\n+"/a.csv"', ['/a.csv'], `reading-${process.pid}`)).toEqual([1]);
    expect(deathsAfter('\n+"/b.csv"', ['/b.csv'], `reading-${process.ppid}`)).toEqual([0]);
    const one = new Attempts(folder, store);
    one.begin('/c.csv');
    const two = new Attempts(folder, store);
    expect(two.deaths('/c.csv', 'content')).toBe(0);
    one.end('/c.csv');
    one.close();
    two.close();
    expect(journals()).toEqual([`reading-${process.ppid}`]);
  });
});
