import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';
import { inProject } from '../../../src/dev/project';

it('a process of tests ends with the one that started it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-orphan-'));
  try {
    const contents = "import './test/endOrphan'; setInterval(() => undefined, 1000); process.send('begun');";
    const script = join(folder, 'worker.mjs');
    const stdin = { contents, resolveDir: inProject() };
    buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script });
    const child = fork(script, [], { execArgv: [] });
    const ended = once(child, 'exit');
    await once(child, 'message');
    child.disconnect();
    expect(await ended).toEqual([null, 'SIGKILL']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
