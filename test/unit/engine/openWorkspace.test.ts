import { beforeEach, describe, expect, it } from 'vitest';
import { OpenWorkspace, type Openable } from '../../../src/engine/openWorkspace';
import { RequestError } from '../../../src/engine/requestError';
import { defaultSettings, type OpenParams } from '../../../src/protocol/engine';

const params: OpenParams = {
  folders: [{ name: 'one', path: '/one' }],
  storage: '/storage',
  models: '/models',
  settings: defaultSettings,
  watch: false,
};
const settings = { ...defaultSettings, maximumSteps: 64 };
const folders = [...params.folders, { name: 'two', path: '/two' }];
const nobody = new AbortController().signal;

class FakeSession implements Openable {
  private readonly closing = new AbortController();
  readonly closed = this.closing.signal;

  constructor(
    readonly params: OpenParams,
    public paused = false,
  ) {}

  close(): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }
}

let opened: FakeSession[];
/** Lets the sessions that are being opened go on; without one they open by themselves. */
let gate: Promise<void> | undefined;
let workspace: OpenWorkspace<FakeSession>;

beforeEach(() => {
  opened = [];
  gate = undefined;
  workspace = new OpenWorkspace(async (asked, paused) => {
    await gate;
    const session = new FakeSession(asked, paused);
    opened.push(session);
    return session;
  });
});

/** Work that ends only when it is cut short, and says when it has begun. */
function endless() {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work = (_: FakeSession, signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('cut short'));
      });
      begin();
    });
  return { begun, work };
}

describe('the owner of the open workspace', () => {
  it('loses no change of several that arrive while it opens', async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const changes = [workspace.open(params), workspace.change({ settings }), workspace.change({ folders })];
    open();
    await Promise.all(changes);
    expect(opened.at(-1)?.params).toEqual({ ...params, settings, folders });
    expect(opened.map(({ closed }) => closed.aborted)).toEqual([true, true, false]);
  });

  it('leaves open what a change does not change', async () => {
    await workspace.open(params);
    const session = await workspace.change({ settings: { ...params.settings }, folders: [...params.folders] });
    expect(opened).toEqual([session]);
    expect(session.closed.aborted).toBe(false);
  });

  it('takes up changes after what it could not open', async () => {
    const failing = new OpenWorkspace<FakeSession>((asked) =>
      asked.models === '/models' ? Promise.reject(new Error('no encoder')) : Promise.resolve(new FakeSession(asked)),
    );
    await expect(failing.open(params)).rejects.toThrow('no encoder');
    await expect(failing.use(() => 1, nobody, true)).rejects.toMatchObject({ kind: 'noWorkspace' });
    const session = await failing.change({ models: '/others' });
    expect(session.params).toEqual({ ...params, models: '/others' });
  });

  it('keeps what is paused paused over every change, until it is resumed or another workspace is opened', async () => {
    const pause = (paused: boolean) =>
      workspace.use(
        (session) => {
          session.paused = paused;
        },
        nobody,
        false,
      );
    await workspace.open(params);
    await pause(true);
    await Promise.all([workspace.change({ settings }), workspace.change({ folders })]);
    expect(opened.map(({ paused }) => paused)).toEqual([true, true, true]);
    await Promise.all([pause(false), workspace.change({ settings: params.settings })]);
    expect(opened.at(-1)?.paused).toBe(false);
    await pause(true);
    await workspace.open(params);
    expect(opened.at(-1)?.paused).toBe(false);
  });

  it('keeps what is paused paused over a change that could not be made', async () => {
    const failing = new OpenWorkspace<FakeSession>((asked, paused) =>
      asked.models === '/broken'
        ? Promise.reject(new Error('no encoder'))
        : Promise.resolve(new FakeSession(asked, paused)),
    );
    (await failing.open(params)).paused = true;
    await expect(failing.change({ models: '/broken' })).rejects.toThrow('no encoder');
    expect((await failing.change({ models: '/models' })).paused).toBe(true);
  });

  it('has nothing to use or to change before something is open', async () => {
    await expect(workspace.use(() => 1, nobody, true)).rejects.toMatchObject({ kind: 'noWorkspace' });
    await expect(workspace.change({ settings })).rejects.toMatchObject({ kind: 'noWorkspace' });
  });

  it('has work wait for all changes that were asked for before it', async () => {
    const changed = [workspace.open(params), workspace.change({ settings })];
    const seen = await workspace.use((session) => session.params.settings.maximumSteps, nobody, true);
    expect(seen).toBe(64);
    await Promise.all(changed);
  });

  it('has work begin again that a change cuts short', async () => {
    await workspace.open(params);
    const { begun, work } = endless();
    const seen: number[] = [];
    const answer = workspace.use(
      (session, signal) => {
        seen.push(session.params.settings.maximumSteps);
        return session.params.settings.maximumSteps === 64 ? 'answered' : work(session, signal);
      },
      nobody,
      true,
    );
    await begun;
    await workspace.change({ settings });
    expect(await answer).toBe('answered');
    expect(seen).toEqual([params.settings.maximumSteps, 64]);
  });

  it('says of work that may not be repeated that the workspace was closed', async () => {
    await workspace.open(params);
    const { begun, work } = endless();
    const answer = workspace.use(work, nobody, false);
    const refused = expect(answer).rejects.toMatchObject({ name: 'RequestError', kind: 'closing' });
    await begun;
    await workspace.change({ settings });
    await refused;
  });

  it('does not begin again what nobody waits for, nor what fails by itself', async () => {
    await workspace.open(params);
    const waiting = new AbortController();
    const { begun, work } = endless();
    const cancelled = workspace.use(work, waiting.signal, true);
    await begun;
    waiting.abort();
    await expect(cancelled).rejects.toThrow('cut short');
    await expect(workspace.use(() => Promise.reject(new RequestError('no')), nobody, true)).rejects.toThrow('no');
  });

  it('opens nothing once it is closed', async () => {
    await workspace.open(params);
    const { begun, work } = endless();
    const cut = expect(workspace.use(work, nobody, true)).rejects.toMatchObject({ kind: 'closing' });
    await begun;
    await workspace.close();
    await cut;
    expect(opened[0]?.closed.aborted).toBe(true);
    await expect(workspace.open(params)).rejects.toMatchObject({ kind: 'closing' });
  });
});
