import type { Engine } from '../../../../src/engine/engine';
import type { OverviewStatus } from '../../../../src/protocol/overview';
import { recording, type TestWorkspace } from '../workspace';

/** All layouts together. */
export const all = { layout: null };

/** Writes recordings of a few rhythms into three folders. */
export function writeMany(workspace: TestWorkspace, count: number, from = 0): void {
  for (let i = from; i < from + count; i++) {
    workspace.write(`${i % 3}/${i}.csv`, recording(0.05 + 0.02 * (i % 7), { phase: i, steps: 120 }));
  }
}

/** Asks until it holds, without waiting for time. */
export async function until(
  engine: Engine,
  holds: (status: OverviewStatus) => boolean,
  asked: { layout: string | null } = all,
): Promise<OverviewStatus> {
  for (;;) {
    const status = await engine.ask('overview', asked);
    if (holds(status)) return status;
    await new Promise(setImmediate);
  }
}

/** Asks until neighbours and map are there. */
export const ready = (engine: Engine, asked?: { layout: string | null }) =>
  until(engine, ({ stage }) => stage === 'ready', asked);
