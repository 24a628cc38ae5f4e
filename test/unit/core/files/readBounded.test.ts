import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBounded, RefusedFileError } from '../../../../src/core/files/readBounded';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-bounded-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a file with a known name', () => {
  it('is read whole, also behind a link, and is null where there is none', async () => {
    writeFileSync(join(folder, 'a'), 'x'.repeat(10_000));
    symlinkSync('a', join(folder, 'link'));
    expect((await readBounded(join(folder, 'a'), 10_000))?.toString()).toBe('x'.repeat(10_000));
    expect(await readBounded(join(folder, 'link'), 10_000)).toHaveLength(10_000);
    expect(await readBounded(join(folder, 'none'), 10)).toBeNull();
    expect(await readBounded(join(folder, 'a/none'), 10)).toBeNull();
    symlinkSync('none', join(folder, 'nowhere'));
    expect(await readBounded(join(folder, 'nowhere'), 10)).toBeNull();
  });

  it('is refused when it is too long, a folder, a device, a pipe, or links in a circle', async (context) => {
    writeFileSync(join(folder, 'a'), 'x'.repeat(10_001));
    mkdirSync(join(folder, 'folder'));
    symlinkSync('circle', join(folder, 'circle'));
    await expect(readBounded(join(folder, 'a'), 10_000)).rejects.toThrow(/^it has more than /);
    await expect(readBounded(join(folder, 'folder'), 10)).rejects.toThrow('it is a folder');
    await expect(readBounded(join(folder, 'circle'), 10)).rejects.toThrow('its symbolic links form a loop');
    if (spawnSync('mkfifo', [join(folder, 'pipe')]).status !== 0) context.skip('there is no mkfifo here');
    symlinkSync('/dev/zero', join(folder, 'zero'));
    for (const name of ['pipe', 'zero']) {
      await expect(readBounded(join(folder, name), 10)).rejects.toThrow(
        new RefusedFileError('it is not a regular file'),
      );
    }
  });
});
