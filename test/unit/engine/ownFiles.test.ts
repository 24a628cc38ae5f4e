import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recording, testBed } from './workspace';

const bed = testBed();
const names = ['labels.csv', '.gitignore', '.kindred/reading.json'];

function make(kind: string, path: string): boolean {
  if (kind === 'a pipe') return spawnSync('mkfifo', [path]).status === 0;
  if (kind === 'a folder') mkdirSync(path);
  else symlinkSync('/dev/zero', path);
  return true;
}

describe('what the engine reads for itself', () => {
  it.each(['a folder', 'a pipe', 'a link to a device'])('does not hold up the index when it is %s', async (kind) => {
    bed.workspace.write('good.csv', recording(0.1));
    mkdirSync(bed.workspace.path('.kindred'));
    if (!names.every((name) => make(kind, bed.workspace.path(name)))) return;
    const engine = await bed.tested.open(bed.workspace);
    expect((await engine.ask('files', {})).map(({ file }) => file)).toContain('good.csv');
    const skipped = await engine.ask('skipped', {});
    const told = new Map(skipped.map(({ file, reason }) => [file, reason]));
    expect(skipped).toHaveLength(names.length);
    for (const name of names)
      expect(told.get(name)).toMatch(kind === 'a folder' ? /is a folder/ : /not a regular file/);
    await expect(
      engine.ask('setLabel', { targets: [{ path: bed.workspace.path('good.csv'), number: 0 }], label: 'x' }),
    ).rejects.toThrow(/labels\.csv cannot be changed, because it is /);
  });

  it('names globs that cannot be used, and keeps the others', async () => {
    bed.workspace.write('good.csv', recording(0.1));
    bed.workspace.write('other.csv', recording(0.2));
    const engine = await bed.tested.open(bed.workspace, { exclude: ['{a,b}'.repeat(40), 'other.*'] });
    expect((await engine.ask('files', {})).map(({ file }) => file)).toEqual(['good.csv']);
    expect((await engine.ask('skipped', {})).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^a glob of the settings, \{a,b\}.*, cannot be used, because it has more than 256 alt/),
    ]);
  });
});
