import { mkdtempSync, rmSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { Engine } from '../../../src/engine/engine';
import { defaultSettings, type EngineSettings, type IndexStatus, type LogMessage } from '../../../src/protocol/engine';

/** A folder with recordings, and a place for its cache. */
export class TestWorkspace {
  private readonly base = mkdtempSync(join(tmpdir(), 'kindred-engine-'));
  readonly folder = join(this.base, 'workspace');
  readonly storage = join(this.base, 'storage');
  private written = 0;

  constructor() {
    mkdirSync(this.folder);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    // Files that are written one after the other must differ in time, whatever the clock's resolution.
    const time = new Date(1_700_000_000_000 + 1000 * this.written++);
    utimesSync(path, time, time);
    return path;
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Starting a thread costs half a second of processor time, most of it for the encoder: a few files need one. */
const testSettings: EngineSettings = { ...defaultSettings, threads: 1 };

/** An engine in this process, with what it told. */
export class TestEngine {
  readonly log: LogMessage[] = [];
  readonly engine: Engine;
  settings: EngineSettings = testSettings;
  private readonly watchers = new Set<() => void>();

  constructor() {
    this.engine = new Engine(resolve('dist/worker.cjs'), {
      status: () => {
        const watchers = [...this.watchers];
        this.watchers.clear();
        for (const watcher of watchers) watcher();
      },
      log: (message) => this.log.push(message),
    });
  }

  async open(
    workspace: TestWorkspace,
    settings: Partial<EngineSettings> = {},
    watch = false,
    models = resolve('models'),
  ): Promise<Engine> {
    this.settings = { ...testSettings, ...settings };
    await this.engine.ask('open', {
      folders: [{ name: 'test', path: workspace.folder }],
      storage: workspace.storage,
      models,
      settings: this.settings,
      watch,
    });
    if (!watch) await this.engine.indexed();
    return this.engine;
  }

  /** Resolves when the condition holds; it is looked at again with every status that the engine tells. */
  async eventually(holds: (status: IndexStatus) => boolean | Promise<boolean>): Promise<void> {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        this.watchers.add(resolve);
      });
      if (await holds(await this.engine.ask('status', {}))) return;
      await next;
    }
  }
}

/** A recording of two named channels, as CSV. */
export function recording(frequency: number, options: { steps?: number; level?: number; phase?: number } = {}): string {
  const { steps = 200, level = 0, phase = 0 } = options;
  const rows = Array.from({ length: steps }, (_, t) => {
    const x = level + Math.sin(frequency * t + phase) + 0.1 * Math.sin(17.3 * t + phase);
    const y = level + Math.cos(2 * frequency * t + phase) + 0.1 * Math.sin(13.1 * t);
    return `${x.toFixed(5)},${y.toFixed(5)}`;
  });
  return `x,y\n${rows.join('\n')}\n`;
}

/** The workspace of each test of a file, and its engines, which are closed after it. */
export interface TestBed {
  readonly workspace: TestWorkspace;
  /** The first engine of the test. */
  readonly tested: TestEngine;
  newEngine(): TestEngine;
}

/** Gives every test of a file a workspace and engines of its own; to be called outside of tests. */
export function testBed(): TestBed {
  let workspace: TestWorkspace | undefined;
  let engines: TestEngine[] = [];
  beforeEach(() => {
    workspace = new TestWorkspace();
  });
  afterEach(async () => {
    await Promise.all(engines.map(({ engine }) => engine.close()));
    engines = [];
    workspace?.remove();
    workspace = undefined;
  });
  const newEngine = () => {
    const engine = new TestEngine();
    engines.push(engine);
    return engine;
  };
  return {
    newEngine,
    get tested() {
      return engines[0] ?? newEngine();
    },
    get workspace() {
      if (workspace === undefined) throw new Error('there is a workspace only while a test runs');
      return workspace;
    },
  };
}
