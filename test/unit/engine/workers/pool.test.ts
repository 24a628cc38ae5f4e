import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkerPool } from '../../../../src/engine/workers/pool';
import { workOptions } from '../../../../src/engine/workers/workOptions';
import { WorkerDiedError } from '../../../../src/core/index/fileWorker';
import { defaultSettings } from '../../../../src/protocol/engine';
import { UnreadableError } from '../../../../src/core/recordings/reader';

let pool: WorkerPool;

beforeEach(() => {
  pool = new WorkerPool(resolve('test/unit/engine/workers/oddWorker.mjs'), { models: 'models' }, 2);
});

afterEach(() => pool.close());

const never = new AbortController().signal;
const options = workOptions(defaultSettings, null);
const run = (path: string, signal = never): Promise<unknown> => pool.run('mark', { path, options }, signal);

describe('worker pool', () => {
  it('answers more jobs than it has threads', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `job ${i}`);
    expect(await Promise.all(names.map((name) => run(name)))).toEqual(names);
  });

  it('hands a file to the thread that has read it before', async () => {
    const about = (path: string) => pool.run('mark', { path: 'which', options }, never, path);
    const files = ['a', 'b', 'c', 'd'];
    const first = await Promise.all(files.map(about));
    expect(new Set(first).size).toBe(2);
    for (const order of [files, files.toReversed()]) {
      // One after the other, so that each time both threads are free.
      for (const path of order) expect(await about(path)).toBe(first[files.indexOf(path)]);
    }
  });

  it('goes on with new threads when some die over a job', async () => {
    const jobs = ['a', 'die', 'b', 'throw', 'c', 'die', 'd'];
    const results = await Promise.allSettled(jobs.map((name) => run(name)));
    const outcomes = results.map((result) =>
      result.status === 'fulfilled' ? result.value : result.reason instanceof WorkerDiedError,
    );
    expect(outcomes).toEqual(['a', true, 'b', true, 'c', true, 'd']);
  });

  it('answers although a thread has died while it had nothing to do', async () => {
    const died = new Promise((resolve) => {
      process.once('worker', (worker) => worker.once('exit', resolve));
    });
    expect(await run('dieLater')).toBe('dieLater');
    await died;
    expect(await run('after')).toBe('after');
  });

  it('hands on why a file is unreadable', async () => {
    const error: unknown = await run('unreadable').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnreadableError);
    expect(error).toMatchObject({ message: 'it is odd', cause: { code: 'ENOENT' } });
  });

  it('gives up a job at once when it is cancelled, waiting or running, and uses the thread again', async () => {
    const controller = new AbortController();
    const jobs = ['wait', 'wait', 'wait'].map((name) => run(name, controller.signal));
    const after = run('after');
    controller.abort(new Error('cancelled'));
    for (const job of jobs) await expect(job).rejects.toThrow('cancelled');
    expect(await after).toBe('after');
    await expect(run('never', controller.signal)).rejects.toThrow('cancelled');
  });

  it('rejects what is left when it closes', async () => {
    const jobs = ['wait', 'wait', 'queued'].map((name) => run(name));
    const settled = Promise.allSettled(jobs);
    await pool.close();
    for (const result of await settled)
      expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'closing' } });
  });

  it('rejects what is asked of it after it was closed, or while it closes', async () => {
    const closing = pool.close();
    await expect(run('late')).rejects.toMatchObject({ kind: 'closing' });
    await closing;
    await expect(run('later')).rejects.toMatchObject({ kind: 'closing' });
  });
});
