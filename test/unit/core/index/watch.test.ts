import { FSWatcher } from 'chokidar';
import { afterEach, expect, it, vi } from 'vitest';
import { watchFolders } from '../../../../src/core/index/watch';

afterEach(() => {
  vi.useRealTimers();
});

it('all files are looked at again once it is quiet after a folder came', async () => {
  vi.useFakeTimers();
  const told: string[] = [];
  const emitter = new FSWatcher({});
  const stop = watchFolders(
    ['/a'],
    () => false,
    ({ changed }) => told.push(`changed ${[...changed].join()}`),
    () => told.push('ready'),
    (error) => {
      throw error;
    },
    () => emitter,
  );
  emitter.emit('add', '/a/1.csv');
  vi.advanceTimersByTime(250);
  expect(told).toEqual(['changed /a/1.csv']);
  emitter.emit('addDir', '/a/new');
  emitter.emit('add', '/a/new/2.csv');
  vi.advanceTimersByTime(250);
  expect(told.slice(1)).toEqual(['changed /a/new/2.csv', 'ready']);
  emitter.emit('change', '/a/new/2.csv');
  vi.advanceTimersByTime(250);
  expect(told.slice(3)).toEqual(['changed /a/new/2.csv']);
  await stop();
});
