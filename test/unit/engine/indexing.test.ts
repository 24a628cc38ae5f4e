import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheFolder } from '../../../src/core/index/store/cacheFolder';
import { Store } from '../../../src/core/index/store/store';
import { Turn } from '../../../src/core/index/turn';
import { Indexing } from '../../../src/engine/indexing';
import { Remembering } from '../../../src/engine/remembering';
import { WorkspaceFiles } from '../../../src/engine/workspaceFiles';
import { defaultSettings } from '../../../src/protocol/engine';
import { FakeSink, FakeWorker, indexerOf } from '../core/index/fakeWorker';

const count = 12;
let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-indexing-'));
  mkdirSync(join(base, 'workspace'));
  for (let i = 0; i < count; i++) writeFileSync(join(base, 'workspace', `${i}.csv`), String.fromCharCode(65 + i));
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

class CountedTurn extends Turn {
  tries = 0;

  override take(): boolean {
    this.tries++;
    return super.take();
  }
}

/** The indexing of the workspace, by a worker and on a turn that can be watched. */
function begin() {
  const storage = join(base, 'storage');
  const ignore = () => undefined;
  const store = Store.open(storage, { problem: ignore, note: ignore });
  const worker = new FakeWorker();
  const indexer = indexerOf(store, worker, new FakeSink(), storage);
  const folders = [{ name: 'workspace', path: join(base, 'workspace') }];
  const turn = new CountedTurn(cacheFolder(storage));
  const indexing = new Indexing({
    ...{ folders, files: new WorkspaceFiles(folders, defaultSettings), indexer, store, turn },
    remembering: new Remembering({ storage, store, indexer, identity: 'test', note: ignore }),
    onChange: ignore,
    onError: (text, cause) => {
      throw new Error(text, { cause });
    },
  });
  const end = async () => {
    await indexing.close();
    await store.close();
  };
  return { worker, turn, other: new Turn(cacheFolder(storage)), indexing, end };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

it('waits for its turn again after a pause, and does nothing until then', async () => {
  const { worker, turn, other, indexing, end } = begin();
  let [embedded, othersTurn, atOnce] = [0, false, 0];
  worker.onRead = (step, when) => {
    if (othersTurn) atOnce++;
    if (step === 'embed' && when === 'before' && ++embedded === 4) indexing.pause();
  };
  indexing.scan();
  await until(() => indexing.state === 'paused' && other.take());
  othersTurn = true;
  const { tries } = turn;
  indexing.resume();
  let settled = false;
  const done = indexing.settled().then(() => (settled = true));
  await until(() => turn.tries > tries || settled);
  othersTurn = false;
  other.leave();
  await done;
  expect({ atOnce, asked: worker.asked.embed }).toEqual({ atOnce: 0, asked: count });
  await end();
});
