import { expect, it } from 'vitest';
import { killTeamWriters } from '../../../../src/dev/torture/team';
import { findPostgres } from '../../../../src/dev/postgres';

const found = await findPostgres((text) => {
  console.error(text);
});

it.skipIf(found.programs === null)('loses nothing and makes nothing twice while writers are killed', async () => {
  if (found.programs === null) throw new Error(found.reason);
  const { kills, files, ...flaws } = await killTeamWriters({
    ...{ seed: 1, programs: found.programs, milliseconds: 8000, killEvery: 1500, filesAtOnce: 10 },
  });
  expect(kills).toBeGreaterThan(0);
  expect(files).toBeGreaterThanOrEqual(10);
  expect(flaws).toEqual({ lost: 0, twice: 0, left: 0, wrong: 0 });
});
