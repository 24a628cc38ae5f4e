import { expect, it } from 'vitest';
import { troubleDisks } from '../../../../src/dev/torture/disks';
import { floodWithEvents } from '../../../../src/dev/torture/events';
import { shareFolder } from '../../../../src/dev/torture/fourProcesses';
import { killAll } from '../../../../src/dev/torture/kills/kills';
import { liveOn } from '../../../../src/dev/torture/life';

it('four processes share a folder, and another goes on when the one at work is killed', async () => {
  const figures = await shareFolder(1, 16, 1);
  expect(figures.atOnce).toBeLessThanOrEqual(1);
  expect(figures).toMatchObject({ lost: 0, problems: 0, wrongRankings: 0 });
});

it('an index bears edits, searches and restarts', async () => {
  const figures = await liveOn({ seed: 1, edits: 25, milliseconds: Infinity });
  expect(figures).toMatchObject({ edits: 25, failedSearches: 0, lost: 0, wrongRankings: 0 });
});

it('files that come, change and grow at once are read once', async () => {
  for await (const row of floodWithEvents({
    seed: 1,
    files: 20,
    replaced: 10,
    logMilliseconds: 300,
    quietMilliseconds: 600,
  })) {
    expect(row).toMatchObject({ missing: 0, extraPasses: 0, told: '' });
  }
});

it('an engine bears a storage that is deleted, and a clock that is set back', async () => {
  const names = ['storage deleted while it is used', 'clock set back by a day'];
  const rows = [];
  for await (const row of troubleDisks(1, names)) rows.push(row);
  expect(rows.map(({ trouble }) => trouble)).toEqual(names);
  for (const row of rows) expect(row).toMatchObject({ failedSearches: 0, missing: 0, encodedAgain: 0 });
});

it('processes that are killed while they index, write labels, fine-tune and keep encoders leave nothing half', async () => {
  const rows = [];
  for await (const row of killAll(1, 8)) rows.push(row);
  expect(rows.map(({ kills }) => kills)).toEqual([2, 2, 4]);
  for (const row of rows) expect(row).toMatchObject({ failedReopenings: 0, torn: 0, lost: 0, wrongRankings: 0 });
});
