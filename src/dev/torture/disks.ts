import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import { writeCurves } from './curves';
import { canMount } from './mounts';
import { filesOfScene, troubles, type TroubleRow } from './troubles';

/** Lets an engine go through every trouble with its disks; those that need root are left out for others. */
export async function* troubleDisks(seed: number, only: readonly string[] = []): AsyncGenerator<TroubleRow> {
  for (const { name, needsMounts, run } of troubles) {
    if (only.length > 0 && !only.includes(name)) continue;
    const base = mkdtempSync(join(tmpdir(), 'kindred-disks-'));
    chmodSync(base, 0o755);
    try {
      if (needsMounts && !canMount(join(base, 'probe'))) continue;
      const random = randomOf(seed, name);
      const [folder, storage] = [join(base, 'workspace'), join(base, 'storage')];
      mkdirSync(folder);
      writeCurves(folder, filesOfScene, random);
      yield { trouble: name, ...(await run({ folder, storage, random }).catch(failed)) };
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  }
}

/** What went wrong is a figure as well. */
function failed(error: unknown): Omit<TroubleRow, 'trouble'> {
  const told = `failed: ${error instanceof Error ? error.message : String(error)}`;
  return { failedSearches: NaN, told, missing: NaN, encodedAgain: NaN };
}
