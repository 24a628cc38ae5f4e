import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confined } from '../../../src/api/tools/confined';

let base: string;
const folder = (name: string) => ({ name, path: join(base, name) });

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-confined-')));
  for (const name of ['one', 'two', 'secret', 'one/sub', 'one/..odd']) mkdirSync(join(base, name));
  for (const file of ['one/a.csv', 'two/a.csv', 'two/b.csv', 'secret/s.csv', 'one/..odd/c.csv']) {
    writeFileSync(join(base, file), '');
  }
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const path = async (folders: readonly string[], file: string) => {
  const ref = await confined(folders.map(folder), { file });
  return ref.path.slice(base.length + 1);
};

describe('a file that an agent names', () => {
  it('is found from the folder, or by its whole path', async () => {
    expect(await path(['one'], 'a.csv')).toBe('one/a.csv');
    expect(await path(['one'], './sub/../a.csv')).toBe('one/a.csv');
    expect(await path(['one'], join(base, 'one/a.csv'))).toBe('one/a.csv');
    expect(await path(['one'], '..odd/c.csv')).toBe('one/..odd/c.csv');
    expect(await confined([folder('one')], { file: 'a.csv', sequence: 3 })).toMatchObject({ number: 2 });
  });

  it('begins with the name of its folder where there are several', async () => {
    expect(await path(['one', 'two'], 'two/a.csv')).toBe('two/a.csv');
    expect(await path(['one', 'two'], 'b.csv')).toBe('two/b.csv');
  });

  it.each(['../secret/s.csv', 'sub/../../secret/s.csv', '..', 'gone.csv', 'a.csv\0', 'a.csv/x', '../two/a.csv'])(
    'is refused where it is %j',
    async (file) => {
      await expect(confined([folder('one')], { file })).rejects.toThrow(
        /is not in the folder|There is no file|zero bytes/,
      );
    },
  );

  it('is refused where links lead out, and found where the folder itself is a link', async () => {
    symlinkSync(join(base, 'secret/s.csv'), join(base, 'one/file.csv'));
    symlinkSync(join(base, 'secret'), join(base, 'one/link'));
    symlinkSync(join(base, 'one'), join(base, 'alias'));
    for (const file of ['file.csv', 'link/s.csv']) await expect(path(['one'], file)).rejects.toThrow(/is not in/);
    expect(await path(['alias'], 'a.csv')).toBe('alias/a.csv');
  });
});
