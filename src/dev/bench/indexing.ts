import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEncoder } from '../../core/encoder/completed';
import { embed } from '../../core/encoder/embed';
import { loadEncoder } from '../../core/encoder/session';
import { defaultSettings, type SearchResult, type SequenceRef } from '../../protocol/engine';
import { startEngine, type EngineClient } from '../engineClient';
import { inProject } from '../project';
import { percentile, type Figure } from './figures';

/** Indexes a folder cold and warm in an engine process of its own, and searches in it. */
export async function benchIndexing(folder: string): Promise<readonly Figure[]> {
  const storage = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  try {
    const cold = await coldIndex(folder, storage);
    return [...cold, ...(await warmStart(folder, storage))];
  } finally {
    await rm(storage, { recursive: true, force: true });
  }
}

async function open(engine: EngineClient, folder: string, storage: string): Promise<void> {
  const folders = [{ name: 'bench', path: folder }];
  const models = inProject('models');
  await engine.ask('open', {
    folders,
    storage,
    models,
    settings: defaultSettings,
    watch: true,
  });
}

async function coldIndex(folder: string, storage: string): Promise<readonly Figure[]> {
  const started = performance.now();
  const engine = startEngine();
  const ready = engine.until(({ state, done }) => state === 'ready' && done > 0);
  await open(engine, folder, storage);
  const first = firstResult(engine).then(() => performance.now() - started);
  const status = await ready;
  const seconds = (performance.now() - started) / 1000;
  const firstMilliseconds = await first;
  const { stepsEncoded, peakMegabytes } = await engine.ask('diagnostics', {});
  await engine.close();
  const limit = defaultSettings.threads * (await encoderStepsPerSecond());
  return [
    { name: 'cold index', value: seconds, unit: 's', target: { at: 'most', value: 20 } },
    { name: '  files', value: status.done / seconds, unit: 'files/s' },
    {
      name: '  time steps',
      value: stepsEncoded / seconds,
      unit: 'steps/s',
      against: { name: `the encoder alone on ${defaultSettings.threads} threads`, value: limit },
    },
    { name: 'time to first result', value: firstMilliseconds, unit: 'ms' },
    { name: 'engine memory, peak', value: peakMegabytes, unit: 'MB', target: { at: 'most', value: 600 } },
  ];
}

/** Searches again and again while the index grows, until something is found. */
async function firstResult(engine: EngineClient): Promise<SearchResult> {
  for (;;) {
    const grown = engine.until(({ sequences }) => sequences > 1);
    const [file] = await engine.ask('files', {});
    if (file !== undefined) {
      const result = await search(engine, file.path);
      if (result.matches.length > 0) return result;
    }
    await grown;
  }
}

async function warmStart(folder: string, storage: string): Promise<readonly Figure[]> {
  const started = performance.now();
  const engine = startEngine();
  const ready = engine.until(({ state, done }) => state === 'ready' && done > 0);
  await open(engine, folder, storage);
  const { done } = await ready;
  const seconds = (performance.now() - started) / 1000;
  const { filesEncoded } = await engine.ask('diagnostics', {});
  if (filesEncoded > 0) throw new Error(`${filesEncoded} files were encoded although nothing had changed`);
  const queries = await queryMilliseconds(engine);
  await engine.close();
  return [
    { name: 'warm start', value: seconds, unit: 's', target: { at: 'most', value: 1 } },
    { name: '  files', value: done / seconds, unit: 'files/s' },
    { name: 'query, median', value: percentile(queries, 0.5), unit: 'ms', target: { at: 'most', value: 50 } },
    { name: 'query, 95 of 100', value: percentile(queries, 0.95), unit: 'ms', target: { at: 'most', value: 50 } },
  ];
}

/** From asking to the answer, over the channel, for a hundred files. */
async function queryMilliseconds(engine: EngineClient): Promise<number[]> {
  const files = await engine.ask('files', {});
  const times: number[] = [];
  for (let i = 0; i < 100; i++) {
    const file = files[(i * 37) % files.length];
    if (file === undefined) throw new Error('the index holds no files');
    const query = await firstSequence(engine, file.path);
    const started = performance.now();
    await engine.ask('search', { query, scope: 'layout', limit: 20 });
    times.push(performance.now() - started);
  }
  return times;
}

async function search(engine: EngineClient, path: string): Promise<SearchResult> {
  return engine.ask('search', { query: await firstSequence(engine, path), scope: 'layout', limit: 20 });
}

async function firstSequence(engine: EngineClient, path: string): Promise<SequenceRef> {
  const [sequence] = await engine.ask('sequences', { path });
  if (sequence === undefined) throw new Error(`the index holds no sequence of ${path}`);
  return sequence.ref;
}

/** How fast one thread embeds when it does nothing else. */
async function encoderStepsPerSecond(): Promise<number> {
  const session = await loadEncoder(await openEncoder(inProject('models')));
  const steps = 65_536;
  const values = Float32Array.from({ length: steps }, (_, t) => Math.sin(0.1 * t) + Math.sin(0.0371 * t * t));
  const sequence = { channels: [{ name: null, unit: null, values }], rate: null, label: null, name: null, notes: [] };
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    await embed(session, sequence, [{ centre: 0, spread: 1 }], steps);
    times.push(performance.now() - started);
  }
  return (1000 * steps) / Math.min(...times);
}
