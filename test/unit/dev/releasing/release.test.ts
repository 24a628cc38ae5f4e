import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { packageName } from '../../../../src/dev/packaging/packaging';
import { targets } from '../../../../src/dev/packaging/targets';
import { isPreRelease } from '../../../../src/dev/packaging/version';
import { inProject } from '../../../../src/dev/project';
import { obstaclesTo } from '../../../../src/dev/releasing/readiness';
import { lineOf, uploadsFrom } from '../../../../src/dev/releasing/uploads';
import { goodPackage, vsixManifest } from '../packaging/packages';

const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.3.0] - 2026-12-01\n\n- x\n\n## [1.2.0] - 2026-11-01\n';
const good = { tag: 'v1.3.0', version: '1.3.0', changelog };

describe('a release', () => {
  it('may be published when tag, package.json and changelog agree', () => {
    expect(obstaclesTo(good)).toEqual([]);
  });

  it.each([
    [{ tag: 'v1.2.0' }, 'The tag is v1.2.0, and package.json has version 1.3.0: it must be v1.3.0.'],
    [{ tag: '1.3.0' }, 'The tag is 1.3.0, and package.json has version 1.3.0: it must be v1.3.0.'],
    [{ tag: 'v1.4.0', version: '1.4.0' }, 'The newest version in CHANGELOG.md is 1.3.0, and package.json has 1.4.0.'],
    [{ tag: 'v1.2.0', version: '1.2.0' }, 'The newest version in CHANGELOG.md is 1.3.0, and package.json has 1.2.0.'],
    [{ changelog: '## [Unreleased]\n' }, 'The newest version in CHANGELOG.md is none, and package.json has 1.3.0.'],
    [
      { changelog: '## [1.3.0]\n' },
      'The heading of 1.3.0 in CHANGELOG.md has no date, as in "## [1.3.0] - 2026-01-31".',
    ],
    [
      { version: '1.3.0-beta.1' },
      'package.json has version "1.3.0-beta.1"; the marketplaces take three numbers, such as 1.2.3.',
    ],
  ])('may not where they do not: %o', (change, obstacle) => {
    expect(obstaclesTo({ ...good, ...change })).toEqual([obstacle]);
  });

  it('is a pre-release where its minor number is odd', () => {
    expect(['0.1.0', '1.3.9', '1.4.0', '0.12.1'].map(isPreRelease)).toEqual([true, true, false, false]);
  });
});

describe('uploads', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kindred-release-'));
    for (const target of targets) await write(packageName(target), goodPackage(target).files);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function write(name: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
    const zip = new ZipFile();
    for (const [path, bytes] of files) zip.addBuffer(bytes, path);
    zip.end();
    await once(zip.outputStream.pipe(createWriteStream(join(folder, name))), 'finish');
  }

  it('are every package, to both marketplaces', async () => {
    const uploads = await uploadsFrom(folder);
    expect(uploads).toHaveLength(2 * targets.length);
    expect(new Set(uploads.map(({ path, marketplace }) => `${marketplace.name} ${path}`)).size).toBe(uploads.length);
    expect(uploads[0]?.args).toEqual([
      'publish',
      '--skip-duplicate',
      '--packagePath',
      join(folder, 'kindred-linux-x64.vsix'),
    ]);
    expect(lineOf(uploads.at(-1)!)).toMatch(/^Open VSX: kindred-universal\.vsix \(0\.0 MB, sha256 [0-9a-f]{64}\)$/);
  });

  it('are none when a package is missing or not as it must be', async () => {
    const [linux, arm] = targets.map(packageName);
    const { files } = goodPackage(targets[0]!);
    files.set('extension.vsixmanifest', vsixManifest('linux-x64', '9.9.9'));
    await write(linux!, files);
    rmSync(join(folder, arm!));
    const refused = uploadsFrom(folder);
    await expect(refused).rejects.toThrow(/kindred-linux-x64\.vsix: It is version 9\.9\.9/);
    await expect(refused).rejects.toThrow('kindred-linux-arm64.vsix is missing.');
    await write(linux!, goodPackage(targets[0]!).files);
    await write(arm!, goodPackage(targets[1]!).files);
  });

  it('are printed by a dry run that needs no key, and are not begun without one', async () => {
    const { bundleTool } = await import('../../../../src/dev/toolBundle.mjs');
    const script = inProject('dist/tools/release-in-test.mjs');
    await bundleTool(inProject('src/dev/release.ts'), script, {});
    const { version } = (await import('../../../../package.json')).default;
    const without = { ...process.env };
    delete without['VSCE_PAT'];
    delete without['OVSX_PAT'];
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [script, '--from', folder, ...args], { env: without, encoding: 'utf8' });
    const log = join(folder, 'CHANGELOG.md');
    writeFileSync(log, `## [${version}] - 2026-12-01\n`);
    const tagged = ['--tag', `v${version}`, '--changelog', log];

    const dry = run(...tagged, '--dry-run');
    expect({ ...dry, stderr: dry.stderr }).toMatchObject({ status: 0, stderr: '' });
    const lines = dry.stdout.trim().split('\n');
    expect(lines[0]).toBe(`Kindred ${version}, ${isPreRelease(version) ? 'a pre-release' : 'a release'}:`);
    expect(lines.slice(1)).toEqual((await uploadsFrom(folder)).map((upload) => `would go to ${lineOf(upload)}`));

    expect(run(...tagged)).toMatchObject({
      status: 1,
      stderr: 'Nothing was uploaded: VSCE_PAT and OVSX_PAT must be set.\n',
    });
    const wrong = run('--tag', 'v0.0.0', '--changelog', log, '--dry-run');
    expect(wrong).toMatchObject({ status: 1, stdout: '' });
    expect(wrong.stderr).toContain('The tag is v0.0.0');
    rmSync(script);
  });
});
