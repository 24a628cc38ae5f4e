import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from 'esbuild';
import { ownFiles } from '../../../../src/dev/packaging/contents';
import { licenceOf } from '../../../../src/dev/packaging/licences';
import { bundledBefore, bundledBy, noticesOf } from '../../../../src/dev/packaging/notices';
import { inProject } from '../../../../src/dev/project';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-notices-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function packageIn(path: string, manifest: object, files: Readonly<Record<string, string>> = {}): string {
  const here = join(folder, path);
  mkdirSync(here, { recursive: true });
  writeFileSync(join(here, 'package.json'), JSON.stringify({ version: '1.0.0', ...manifest }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(here, name), text);
  return here;
}

const text = { LICENSE: 'Do what you like.\n' };

describe('the licence of a package', () => {
  it('is its text', async () => {
    const here = packageIn('a', { name: 'a', license: 'ISC' }, { ...text, 'NOTICE.md': 'With thanks.' });
    expect(await licenceOf(here)).toEqual({
      name: 'a',
      version: '1.0.0',
      licence: 'ISC',
      texts: ['Do what you like.', 'With thanks.'],
    });
  });

  it.each(['GPL-3.0', 'EPL-2.0', 'SEE LICENSE IN LICENSE.txt', '(MIT OR GPL-3.0)', undefined])(
    'is refused where it is %s',
    async (license) => {
      const here = packageIn('a', { name: 'a', license }, text);
      await expect(licenceOf(here)).rejects.toThrow(/^a 1\.0\.0 is under ".*", which is not on the list/);
    },
  );

  it('is refused where there is no text', async () => {
    const here = packageIn('a', { name: 'a', license: 'MIT' }, { 'README.md': 'MIT' });
    await expect(licenceOf(here)).rejects.toThrow('a 1.0.0 carries no text of its licence');
  });

  it('is that of what is compiled in, too', async () => {
    const { texts } = await licenceOf(inProject('node_modules/lmdb'));
    expect(texts.join('\n')).toContain('OpenLDAP Public License');
    expect(texts.join('\n')).toContain('Yann Collet');
  });

  it('is written out for a known holder whose package carries none', async () => {
    const { texts } = await licenceOf(inProject('node_modules/onnxruntime-node'));
    expect(texts).toEqual([
      expect.stringMatching(/^MIT License\n\nCopyright \(c\) Microsoft Corporation\n\nPermission/),
    ]);
  });
});

describe('notices', () => {
  it('are about what is in a bundle, the innermost of nested packages, and not about what was left out', async () => {
    const used = 'export const a = Math.random();';
    packageIn('node_modules/a', { name: 'a', license: 'MIT', main: 'a.js' }, { 'a.js': "export * from 'b';\n" });
    packageIn(
      'node_modules/a/node_modules/b',
      { name: 'b', license: 'MIT', main: 'b.js', version: '2.0.0' },
      { ...text, 'b.js': used },
    );
    packageIn('node_modules/b', { name: 'b', license: 'MIT', main: 'b.js' }, { ...text, 'b.js': used });
    packageIn('node_modules/c', { name: 'c', main: 'c.js', sideEffects: false }, { 'c.js': 'export const c = 1;' });
    const contents = "import { a } from 'a'; import { c } from 'c'; console.log(a);";
    const { metafile } = await build({
      stdin: { contents, resolveDir: folder },
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      outfile: 'out.js',
    });
    const bundled = bundledBy([metafile]);
    expect(bundled).toEqual({ 'out.js': ['node_modules/a/node_modules/b'] });
    const notices = await noticesOf(bundled['out.js']!.map((path) => join(folder, path)));
    expect(notices).toContain('\n\nb 2.0.0 (MIT)\n-------------\nDo what you like.\n');
  });

  it('can be given for all that is bundled today', async () => {
    const bundled = await bundledBefore();
    const folders = new Set(Object.values(bundled).flat());
    expect(folders.size).toBeGreaterThan(30);
    const scripts = ownFiles.filter((file) => /^dist\/.*\.(cjs|js)$/.test(file)).map((file) => file.slice(5));
    expect(Object.keys(bundled)).toEqual(expect.arrayContaining(scripts));
    const notices = await noticesOf([...folders].map((path) => inProject(path)));
    expect(notices).toMatch(/\nvalibot \d[\d.]+ \(MIT\)\n-+\nMIT License/);
  });
});
