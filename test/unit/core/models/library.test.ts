import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  exportEncoder,
  importEncoder,
  listEncoders,
  removeEncoder,
  renameEncoder,
} from '../../../../src/core/models/library';
import { encoderItems } from '../../../../src/extension/encoders/encoderItems';
import { readEncoder } from '../../../../src/core/encoder/description';
import { loadEncoder } from '../../../../src/core/encoder/session';
import { tryOut } from '../../../../src/core/encoder/tryOut';
import { initialWeights } from '../../../../src/core/encoder/initialWeights';
import type { EncoderPlaces } from '../../../../src/protocol/encoders';
import { encoderFile, writeEncoder } from '../../../../src/core/training/trainer/encoderFile';
import { tiny } from '../training/trainer/settings';

let base: string;
let places: EncoderPlaces;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'kindred-encoders-'));
  places = { bundled: resolve('models'), storage: join(base, 'storage'), shared: [join(base, 'shared')] };
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

const imported = (from: string) =>
  importEncoder(from, places, async (at) => {
    await tryOut(await loadEncoder(await readEncoder(at)));
  });

async function foreign(name = 'theirs', seed = 1): Promise<string> {
  const folder = join(base, 'elsewhere', name);
  const { architecture, levels } = tiny.objective;
  await writeEncoder(
    folder,
    encoderFile(architecture, levels, initialWeights(architecture, seed), { name, training: 'by others' }),
  );
  return folder;
}

describe('the encoders of a workspace', () => {
  it('are imported once, listed, renamed, exported and removed', async () => {
    const folder = await foreign();
    const entry = await imported(folder);
    expect(entry).toMatchObject({ place: 'storage', problem: null, card: { name: 'theirs' } });
    await expect(imported(join(folder, 'encoder.onnx'))).rejects.toThrow(/here already, as “theirs”/);
    await imported(await foreign('theirs', 2));
    expect((await listEncoders(places)).map(({ folder: path }) => path.slice(base.length))).toContain(
      '/storage/theirs-2',
    );
    const renamed = await renameEncoder(places, entry.folder, '<b>mine</b>');
    expect(renamed.card.name).toBe('<b>mine</b>');
    const out = join(base, 'out');
    await exportEncoder(places, entry.folder, out);
    expect(JSON.parse(await readFile(join(out, 'card.json'), 'utf8'))).toMatchObject({ name: '<b>mine</b>' });
    await expect(exportEncoder(places, entry.folder, out)).rejects.toThrow(/already holds/);
    await removeEncoder(places, entry.folder);
    expect(existsSync(entry.folder)).toBe(false);
    expect((await imported(out)).card.name).toBe('<b>mine</b>');
  });

  it('of one name that come at once are both kept, each whole', async () => {
    const folders = [await foreign('theirs', 1), await foreign('Theirs', 2), await foreign('THEIRS', 3)];
    const entries = await Promise.all(folders.map(imported));
    expect(new Set(entries.map(({ folder }) => folder)).size).toBe(3);
    const hashes = await Promise.all(folders.map(async (folder) => (await readEncoder(folder)).description.sha256));
    expect(entries.map(({ sha256 }) => sha256)).toEqual(hashes);
    expect((await listEncoders(places)).map(({ problem }) => problem)).toEqual([null, null, null, null]);
  });

  it('that a process was writing when it died are not listed, and are removed when the next one is kept', async () => {
    const ofDead = join(places.storage, `.unfinished-${2 ** 30}-x`);
    const ofAnother = join(places.storage, `.unfinished-${process.ppid}-x`);
    for (const folder of [ofDead, ofAnother]) await cp(await foreign(), folder, { recursive: true });
    expect(await listEncoders(places)).toHaveLength(1);
    await imported(await foreign());
    expect([existsSync(ofDead), existsSync(ofAnother)]).toEqual([false, true]);
    expect(await listEncoders(places)).toHaveLength(2);
  });

  it('cannot be changed where they are not the workspace’s own', async () => {
    await expect(removeEncoder(places, places.bundled)).rejects.toThrow(/bundled encoder cannot be changed/);
    await expect(renameEncoder(places, base, 'x')).rejects.toThrow(/not there any more/);
    expect(existsSync(join(places.bundled, 'encoder.onnx'))).toBe(true);
  });

  it('are refused when they are damaged, too large or do what no encoder does', async () => {
    await expect(imported(join(base, 'nowhere'))).rejects.toThrow(/cannot be read/);
    await expect(imported('test/fixtures/damaged-encoder')).rejects.toThrow();
    const large = await foreign('large');
    await writeFile(join(large, 'card.json'), Buffer.alloc(2 ** 20 + 1, 32));
    await expect(imported(large)).rejects.toThrow(/card.json: it has more than 1 MB/);
    await writeFile(join(large, 'card.json'), '{"name": 1}');
    await expect(imported(large)).rejects.toThrow(/card .* is damaged/);
    const device = await foreign('device');
    await rm(join(device, 'encoder.onnx'));
    await symlink('/dev/zero', join(device, 'encoder.onnx'));
    await expect(imported(device)).rejects.toThrow(/encoder.onnx is no regular file/);
    expect(await listEncoders(places)).toHaveLength(1);
  });

  it('that came by version control and are broken are listed with the reason', async () => {
    const shared = join(places.shared[0]!, 'broken');
    await mkdir(shared, { recursive: true });
    await cp(join(await foreign(), 'encoder.json'), join(shared, 'encoder.json'));
    await writeFile(join(shared, 'encoder.onnx'), 'nothing');
    const entries = await listEncoders(places);
    expect(entries[1]).toMatchObject({ place: 'shared', problem: expect.stringMatching(/damaged/) as string });
    const [bundledItem, broken] = encoderItems(entries, places.bundled);
    expect(bundledItem).toMatchObject({ name: 'Bundled encoder', isActive: true, description: 'in use' });
    expect(broken).toMatchObject({ name: 'broken', isActive: false });
    expect(broken?.detail).toContain('damaged');
  });
});
