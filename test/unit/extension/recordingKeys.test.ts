import { expect, it } from 'vitest';
import { RecordingKeys, type PathKey } from '../../../src/extension/index/recordingKeys';
import type { AskEngine } from '../../../src/protocol/engine';
import { status } from './panelWorld';

/** Keys with the answers that the engine owes, to be given in any order. */
function world() {
  const owed: ((paths: readonly string[]) => void)[] = [];
  const set = new Map<string, PathKey>();
  const ask = (() =>
    new Promise((resolve) => {
      owed.push((paths) => {
        resolve(paths.map((path) => ({ path, file: path })));
      });
    })) as unknown as AskEngine;
  const keys = new RecordingKeys({ ask, setContext: (key, value) => set.set(key, value) });
  const follow = (files: number, state: 'ready' | 'indexing' = 'ready') =>
    keys.follow({ kind: 'open', status: { ...status(3, state), changes: { opening: 'a', files, labels: 0 } } });
  return { owed, set, follow };
}

it('names the .ts files with series, and every folder above a recording', async () => {
  const { owed, set, follow } = world();
  const done = follow(1);
  owed[0]?.(['/w/a/b/one.ts', '/w/a/two.csv']);
  await done;
  expect(set.get('kindred.seriesFiles')).toEqual({ '/w/a/b/one.ts': true });
  expect(set.get('kindred.recordingFolders')).toEqual({ '/w/a/b': true, '/w/a': true, '/w': true });
});

it('asks once for each state of the index, and not while that is on its way', async () => {
  const { owed, follow } = world();
  await follow(1, 'indexing');
  expect(owed).toHaveLength(0);
  const done = follow(1);
  await follow(1);
  expect(owed).toHaveLength(1);
  owed[0]?.([]);
  await done;
});

it('ends with the newest answer, in whatever order they come', async () => {
  const { owed, set, follow } = world();
  const [first, second] = [follow(1), follow(2)];
  owed[1]?.(['/w/new.ts']);
  owed[0]?.(['/w/old.ts']);
  await Promise.all([first, second]);
  expect(set.get('kindred.seriesFiles')).toEqual({ '/w/new.ts': true });
});
