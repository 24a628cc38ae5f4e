import { describe, expect, it } from 'vitest';
import { recording, testBed } from './workspace';

const bed = testBed();
describe('the scale of a layout', () => {
  it('stays while files come, and is renewed when the layout has moved away from it', async () => {
    for (let i = 0; i < 4; i++) bed.workspace.write(`low${i}.csv`, recording(0.1 * (i + 1)));
    const first = bed.newEngine();
    await first.open(bed.workspace);
    await first.engine.close();
    bed.workspace.write('similar.csv', recording(0.25));
    const second = bed.newEngine();
    await second.open(bed.workspace);
    expect((await second.engine.ask('diagnostics', {})).filesEncoded).toBe(1);
    await second.engine.close();
    for (let i = 0; i < 6; i++) bed.workspace.write(`high${i}.csv`, recording(0.1 * (i + 1), { level: 40 }));
    const third = bed.newEngine();
    await third.open(bed.workspace);
    expect((await third.engine.ask('diagnostics', {})).filesEncoded).toBe(6 + 11);
    expect(await third.engine.ask('status', {})).toMatchObject({ sequences: 11, done: 11, total: 11 });
    await third.engine.close();
    const fourth = bed.newEngine();
    await fourth.open(bed.workspace);
    expect((await fourth.engine.ask('diagnostics', {})).filesEncoded).toBe(0);
  });
});
