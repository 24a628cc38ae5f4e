import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { randomOf, type Random } from '../../core/distributions/random';
import { startEngine, type EngineClient } from '../engineClient';
import { curve } from './curves';
import { open, eventually } from './measured';

/** What a flood of file events costs the process that started the engine, and the engine. */
export interface EventRow {
  readonly flood: string;
  readonly events: number;
  /** From the last event until everything is indexed. */
  readonly seconds: number;
  /** The 99th percentiles of how late the event loop of the host came, and of how long an engine took to answer. */
  readonly hostDelay: number;
  readonly engineAnswer: number;
  /** Files that were encoded more than once for each time that they changed. */
  readonly extraPasses: number;
  readonly missing: number;
  readonly told: string;
}

export interface EventOptions {
  readonly seed: number;
  /** Files that come at once, and files that another branch replaces. */
  readonly files: number;
  readonly replaced: number;
  /** How long a log grows. */
  readonly logMilliseconds: number;
  /** Nothing comes any more when it has been quiet for so long: longer than changes are gathered. */
  readonly quietMilliseconds: number;
}

interface Place {
  readonly folder: string;
  readonly random: Random;
}

interface Flood {
  readonly flood: string;
  readonly events: number;
  /** How many there are to be then. */
  readonly files: number;
  readonly work: () => void | Promise<void>;
}

/** Floods an engine that watches a folder with events, one kind after the other. */
export async function* floodWithEvents(options: EventOptions): AsyncGenerator<EventRow> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-events-'));
  const place = { folder: join(base, 'workspace'), random: randomOf(options.seed, 'events') };
  mkdirSync(place.folder);
  const engine = startEngine();
  try {
    await open(engine, { folder: place.folder, storage: join(base, 'storage'), watch: true });
    await eventually(engine, ({ state }) => state === 'ready');
    for (const flood of floodsOf(place, options)) yield await measured(engine, flood, options.quietMilliseconds);
  } finally {
    await engine.close();
    rmSync(base, { recursive: true, force: true });
  }
}

function floodsOf(place: Place, { files, replaced, logMilliseconds }: EventOptions): readonly Flood[] {
  const { folder } = place;
  const writing = (count: number) => () => {
    write(place, 'new', count);
  };
  const renaming = () => {
    renameSync(join(folder, 'new'), join(folder, 'old'));
  };
  return [
    { flood: 'new files', events: files, files, work: writing(files) },
    { flood: 'another branch', events: replaced, files, work: writing(replaced) },
    { flood: 'a folder renamed', events: files, files, work: renaming },
    { flood: 'a log that grows', events: 1, files: files + 1, work: () => grow(place, logMilliseconds) },
  ];
}

function write({ folder, random }: Place, name: string, count: number): void {
  mkdirSync(join(folder, name), { recursive: true });
  for (let i = 0; i < count; i++) writeFileSync(join(folder, name, `${i}.csv`), curve(random, 24));
}

async function grow({ folder, random }: Place, milliseconds: number): Promise<void> {
  const log = join(folder, 'log.csv');
  writeFileSync(log, curve(random));
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    appendFileSync(log, `${random.normal().toFixed(4)},${random.normal().toFixed(4)}\n`);
    await wait(20);
  }
}

async function measured(
  engine: EngineClient,
  { flood, events, files, work }: Flood,
  quietMilliseconds: number,
): Promise<EventRow> {
  const before = await engine.ask('diagnostics', {});
  await work();
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const over = new AbortController();
  const asking = answersOf(engine, over.signal);
  const { sequences, problem } = await settled(engine, files, quietMilliseconds);
  const seconds = (performance.now() - began) / 1000;
  over.abort();
  const answers = await asking;
  delay.disable();
  const after = await engine.ask('diagnostics', {});
  return {
    ...{ flood, events },
    seconds: Number(seconds.toFixed(1)),
    hostDelay: Math.round(delay.percentile(99) / 1e6),
    engineAnswer: Math.round(answers.sort((a, b) => a - b)[Math.floor(0.99 * answers.length)] ?? 0),
    extraPasses: Math.max(0, after.filesEncoded - before.filesEncoded - events),
    missing: files - sequences,
    told: problem ?? '',
  };
}

/** How many milliseconds an engine takes to answer, again and again. */
async function answersOf(engine: EngineClient, over: AbortSignal): Promise<number[]> {
  const answers: number[] = [];
  while (!over.aborted) {
    const asked = performance.now();
    await engine.ask('status', {});
    answers.push(performance.now() - asked);
    await wait(10);
  }
  return answers;
}

/** Nothing is left to do, and nothing comes any more. */
async function settled(engine: EngineClient, files: number, quietMilliseconds: number) {
  for (;;) {
    await eventually(engine, ({ state, sequences }) => state === 'ready' && sequences === files);
    const { filesEncoded, filesFromCache } = await engine.ask('diagnostics', {});
    await wait(quietMilliseconds);
    const status = await engine.ask('status', {});
    const now = await engine.ask('diagnostics', {});
    const isSame = now.filesEncoded === filesEncoded && now.filesFromCache === filesFromCache;
    if (isSame && status.state === 'ready' && status.sequences === files) return status;
  }
}
