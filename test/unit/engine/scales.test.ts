import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recording, TestEngine, TestWorkspace } from './workspace';

let workspace: TestWorkspace;
let engines: TestEngine[];

beforeEach(() => {
  workspace = new TestWorkspace();
  engines = [];
});

afterEach(async () => {
  await Promise.all(engines.map(({ engine }) => engine.close()));
  workspace.remove();
});

function newEngine(): TestEngine {
  const engine = new TestEngine();
  engines.push(engine);
  return engine;
}

describe('the scale of a layout', () => {
  it('stays while files come, and is renewed when the layout has moved away from it', async () => {
    for (let i = 0; i < 4; i++) workspace.write(`low${i}.csv`, recording(0.1 * (i + 1)));
    const first = newEngine();
    await first.open(workspace);
    await first.engine.close();
    workspace.write('similar.csv', recording(0.25));
    const second = newEngine();
    await second.open(workspace);
    expect((await second.engine.ask('diagnostics', {})).filesEncoded).toBe(1);
    await second.engine.close();
    for (let i = 0; i < 6; i++) workspace.write(`high${i}.csv`, recording(0.1 * (i + 1), { level: 40 }));
    const third = newEngine();
    await third.open(workspace);
    expect((await third.engine.ask('diagnostics', {})).filesEncoded).toBe(6 + 11);
    expect(await third.engine.ask('status', {})).toMatchObject({ sequences: 11, done: 11, total: 11 });
    await third.engine.close();
    const fourth = newEngine();
    await fourth.open(workspace);
    expect((await fourth.engine.ask('diagnostics', {})).filesEncoded).toBe(0);
  });
});
