import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { assembly } from '../../../../../src/dev/assembly.mjs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../../../../shared/recordings/', import.meta.url).pathname;
const root = new URL('../../../../../', import.meta.url).pathname;
const present = existsSync(join(folder, 'check.mjs'));
if (!present) console.log('skipped: files in the manner of devices are not at ../shared/recordings');

const text = /\.(csv|tsv|txt|dat|ts|arff)\.expected\.json$/;

describe.skipIf(!present)('files in the manner of devices', () => {
  it('are read as their makers meant, or refused with the reason', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'kindred-inspect-'));
    try {
      const program = join(scratch, 'inspect.cjs');
      const source = `import { inspectFiles } from ${JSON.stringify(join(root, 'src/cli/inspect.ts'))};
        void inspectFiles(process.argv.slice(2), { json: false, lines: true }, new AbortController().signal);`;
      const stdin = { contents: source, resolveDir: root, loader: 'ts' } as const;
      const define = { 'import.meta.dirname': '__dirname' };
      await build({
        plugins: [assembly],
        ...{
          stdin,
          define,
          bundle: true,
          platform: 'node',
          target: 'node20',
          format: 'cjs',
          outfile: program,
          logLevel: 'error',
        },
      });
      const names = readdirSync(folder).filter((name) => text.test(name)).length;
      const only = '\\.(csv|tsv|txt|dat|ts|arff)$';
      const command = [join(folder, 'check.mjs'), folder, '--lines', '--only', only, '--', process.execPath, program];
      const printed = execFileSync(process.execPath, command, { encoding: 'utf8' });
      expect(printed.trim()).toBe(`${names} passed, 0 failed`);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }, 120_000);
});
