import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { breakFolderLock, isFolderLocked, lockFolder } from '../../../../src/core/files/folderLock';

let folder: string;
const onLost = () => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the lock of a folder', () => {
  it('goes to one of several who want it at once, and to the next when it is released', async () => {
    for (let round = 0; round < 20; round++) {
      const locks = await Promise.all([1, 2, 3].map(() => lockFolder(folder, onLost)));
      const [release, ...others] = locks.filter((each) => each !== null);
      expect(others).toEqual([]);
      expect(await isFolderLocked(folder)).toBe(true);
      await release?.();
      expect(await isFolderLocked(folder)).toBe(false);
    }
  });

  it('is not taken from one that has only just made it', async () => {
    mkdirSync(join(folder, 'lock'));
    for (let round = 0; round < 300; round++) expect(await lockFolder(folder, onLost)).toBeNull();
  });

  it('is taken over when it was not renewed for long, or its owner is known to be dead', async () => {
    const lock = join(folder, 'lock');
    mkdirSync(lock);
    utimesSync(lock, 0, 0);
    expect(await isFolderLocked(folder)).toBe(false);
    const release = await lockFolder(folder, onLost);
    expect(release).not.toBeNull();
    await release?.();
    mkdirSync(lock);
    await breakFolderLock(folder);
    const again = await lockFolder(folder, onLost);
    expect(again).not.toBeNull();
    await again?.();
  });

  it('cannot be taken in a folder that is not there', async () => {
    await expect(lockFolder(join(folder, 'none'), onLost)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await isFolderLocked(join(folder, 'none'))).toBe(false);
  });
});
