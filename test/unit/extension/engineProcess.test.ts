import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EngineDied, EngineRefused, EngineUnavailable } from '../../../src/extension/engine/engineErrors';
import { EngineProcess, type EngineSetup, type EngineState } from '../../../src/extension/engine/engineProcess';
import { forkEngine } from '../../../src/extension/engine/fork';
import { RestartPolicy } from '../../../src/extension/engine/restartPolicy';
import { defaultSettings, type IndexStatus, type LogMessage, type OpenParams } from '../../../src/protocol/engine';
import { bundleProgram } from './program';

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-host-'));
  program = join(folder, 'fakeEngine.cjs');
  await bundleProgram('fakeEngine', program);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

class Recorder {
  readonly states: EngineState[] = [];
  readonly statuses: IndexStatus[] = [];
  readonly logged: LogMessage[] = [];
  readonly failures: string[] = [];
  restarts = 0;
  #watchers: { readonly holds: () => boolean; readonly resolve: () => void }[] = [];

  readonly events = {
    state: (state: EngineState) => {
      this.states.push(state);
      this.#look();
    },
    status: (status: IndexStatus) => {
      this.statuses.push(status);
      this.#look();
    },
    log: (message: LogMessage) => {
      this.logged.push(message);
      this.#look();
    },
    restarted: () => {
      this.restarts++;
      this.#look();
    },
    failed: (reason: string) => {
      this.failures.push(reason);
      this.#look();
    },
  };

  /** Resolves with the first event after which `holds` is true. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.#watchers.push({ holds, resolve }));
  }

  #look(): void {
    const due = this.#watchers.filter(({ holds }) => holds());
    this.#watchers = this.#watchers.filter((watcher) => !due.includes(watcher));
    for (const { resolve } of due) resolve();
  }
}

const running: EngineProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.stop()));
});

function parametersFor(storage: string, does: readonly string[]): OpenParams {
  return {
    folders: [{ name: 'one', path: '/one' }],
    storage,
    models: '/models',
    settings: { ...defaultSettings, include: does },
    watch: false,
  };
}

function engineWith(setup: Pick<EngineSetup, 'launch' | 'parameters'>) {
  const recorder = new Recorder();
  const policy = new RestartPolicy({ deaths: 2, window: 3_600_000, firstDelay: 1 });
  const engine = new EngineProcess({ ...setup, policy, grace: 200 }, recorder.events);
  running.push(engine);
  return { engine, recorder };
}

async function engineThat(...does: string[]) {
  const storage = await mkdtemp(join(folder, 'storage-'));
  return engineWith({
    launch: () => forkEngine(program),
    parameters: () => Promise.resolve(parametersFor(storage, does)),
  });
}

const search = (path: string) => ({ query: { path, number: 0 }, scope: 'layout' as const, limit: 20 });

describe('an engine that works', () => {
  it('starts without blocking and answers what was asked while it started', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    expect(engine.state).toBe('starting');
    const answer = await engine.ask('search', search('/a.csv'));
    expect(answer.query.ref).toEqual({ path: '/a.csv', number: 0 });
    expect(recorder.states).toEqual(['starting', 'running']);
    expect(recorder.restarts).toBe(0);
  });

  it('hands on its status, its log and what it writes to stderr', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    await recorder.until(() => recorder.logged.length >= 2);
    expect(recorder.statuses[0]).toMatchObject({ state: 'ready', sequences: 1 });
    expect(recorder.logged).toContainEqual({ level: 'info', text: 'opened' });
    await recorder.until(() => recorder.logged.some(({ text }) => text === 'a line of stderr'));
  });

  it('takes a list as the one parameter that it is', async () => {
    const { engine } = await engineThat();
    engine.start();
    const folders = ['a', 'b', 'c'].map((name) => ({ name, path: `/${name}` }));
    expect((await engine.ask('configure', { folders: folders })).sequences).toBe(3);
    expect((await engine.ask('configure', { folders: [] })).sequences).toBe(0);
  });

  it('gives its own reasons for refusing', async () => {
    const { engine } = await engineThat();
    engine.start();
    const refused = engine.ask('search', search('/unreadable'));
    await expect(refused).rejects.toThrow(EngineRefused);
    await expect(refused).rejects.toMatchObject({ kind: 'unreadable', message: 'x.csv is truncated.' });
  });

  it('refuses to be asked before it is started and after it was stopped', async () => {
    const { engine } = await engineThat();
    await expect(engine.ask('status', {})).rejects.toThrow(EngineUnavailable);
    engine.start();
    await engine.ask('status', {});
    await engine.stop();
    await expect(engine.ask('status', {})).rejects.toThrow(EngineUnavailable);
  });

  it('ends by itself when it is stopped', async () => {
    const { engine } = await engineThat();
    engine.start();
    const { pid } = await engine.ask('diagnostics', {});
    await engine.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('is killed when it ignores that it is stopped', async () => {
    const { engine } = await engineThat('ignore the end');
    engine.start();
    const { pid } = await engine.ask('diagnostics', {});
    await engine.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('can be stopped while it starts', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    const asked = engine.ask('status', {});
    await Promise.all([engine.stop(), expect(asked).rejects.toThrow(EngineUnavailable)]);
    expect(recorder.states).toEqual(['starting', 'stopped']);
    expect(recorder.failures).toEqual([]);
  });
});

describe('an engine that dies', () => {
  it('is restarted after a SIGKILL and says so', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    const { pid } = await engine.ask('diagnostics', {});
    process.kill(pid, 'SIGKILL');
    await recorder.until(() => recorder.restarts === 1);
    expect((await engine.ask('diagnostics', {})).pid).not.toBe(pid);
    expect(recorder.states).toEqual(['starting', 'running', 'starting', 'running']);
    expect(recorder.logged.some(({ text }) => text.includes('SIGKILL'))).toBe(true);
  });

  it('is told of the process before that crashed, and of none that was ended from outside', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    const { pid: killed } = await engine.ask('diagnostics', {});
    process.kill(killed, 'SIGKILL');
    await recorder.until(() => recorder.restarts === 1);
    const { pid: crashing } = await engine.ask('diagnostics', {});
    process.kill(crashing, 'SIGABRT');
    await recorder.until(() => recorder.restarts === 2);
    await engine.ask('diagnostics', {});
    const told = recorder.logged.filter(({ text }) => text.endsWith('crashed')).map(({ text }) => text);
    expect(told).toEqual(process.platform === 'win32' ? [] : [`after ${crashing} crashed`]);
  });

  it('is asked once more for a search that it died over', async () => {
    const { engine } = await engineThat();
    engine.start();
    const answer = await engine.ask('search', search('/dies once'));
    expect(answer.query.ref.path).toBe('/dies once');
  });

  it('is not asked a third time', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    await expect(engine.ask('search', search('/dies always'))).rejects.toThrow(EngineDied);
    await recorder.until(() => recorder.restarts === 2);
  });

  it('is not asked again for what changes the index', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    await expect(engine.ask('rebuild', {})).rejects.toThrow(EngineDied);
    await recorder.until(() => recorder.restarts === 1);
  });

  it('counts as dead when it closes its channel', async () => {
    const { engine, recorder } = await engineThat('ignore the end');
    engine.start();
    await expect(engine.ask('search', search('/hangs up'))).rejects.toThrow(EngineDied);
    expect(recorder.logged.some(({ text }) => text.includes('SIGKILL'))).toBe(true);
  });

  it('stays paused when it was', async () => {
    const { engine, recorder } = await engineThat();
    engine.start();
    const { pid } = await engine.ask('diagnostics', {});
    await engine.ask('pause', {});
    process.kill(pid, 'SIGKILL');
    await recorder.until(() => recorder.restarts === 1);
    expect((await engine.ask('status', {})).state).toBe('paused');
  });

  it('keeps what was asked until it has come up', async () => {
    const { engine } = await engineThat('die at first open');
    engine.start();
    expect((await engine.ask('status', {})).state).toBe('ready');
  });

  it('is left dead when it keeps dying, and can be started again', async () => {
    const { engine, recorder } = await engineThat('die at open');
    engine.start();
    await expect(engine.ask('status', {})).rejects.toThrow(/stopped several times.*SIGKILL/);
    expect(engine.state).toBe('failed');
    expect(recorder.failures).toHaveLength(1);
    expect(recorder.logged.filter(({ text }) => text.includes('SIGKILL'))).toHaveLength(3);
    engine.start();
    await recorder.until(() => recorder.failures.length === 2);
  });

  it('is left dead when it cannot open the workspace', async () => {
    const { engine, recorder } = await engineThat('refuse to open');
    engine.start();
    await expect(engine.ask('status', {})).rejects.toThrow('The model is missing.');
    expect(recorder.states).toEqual(['starting', 'failed']);
  });

  it('is left dead when its program cannot be started', async () => {
    const { engine, recorder } = engineWith({
      launch: () => fork(program, [], { execPath: join(folder, 'no such node'), stdio: 'ignore' }),
      parameters: () => Promise.resolve(parametersFor(folder, [])),
    });
    engine.start();
    await recorder.until(() => recorder.failures.length > 0);
    expect(recorder.failures[0]).toMatch(/could not be started.*ENOENT/);
  });

  it('is left dead when what it should open cannot be told', async () => {
    const { engine, recorder } = engineWith({
      launch: () => forkEngine(program),
      parameters: () => Promise.reject(new Error('no storage')),
    });
    engine.start();
    await recorder.until(() => recorder.failures.length > 0);
    expect(recorder.failures[0]).toContain('no storage');
  });
});
