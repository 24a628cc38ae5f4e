import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../../src/core/distributions/random';
import type { LayoutReport } from '../../../src/protocol/commands/commands';
import { TestWorkspace } from '../engine/workspace';
import { runKindred } from './runKindred';

let workspace: TestWorkspace;
let clean: TestWorkspace;
let caches: string;

/** A slow or a fast wave with noise of its own. */
function series(name: string, pace: number): number[] {
  const random = randomOf(1, name);
  const phase = random.uniform(0, 6);
  return Array.from({ length: 500 }, (_, i) => Math.sin(phase + pace * i) + 0.1 * random.normal());
}

const csv = (values: readonly number[]) => ['v', ...values.map((value) => value.toFixed(5)), ''].join('\n');

function writeWaves(to: TestWorkspace): void {
  for (let i = 0; i < 14; i++) {
    to.write(`slow/${i}.csv`, csv(series(`slow${i}`, 0.05)));
    to.write(`fast/${i}.csv`, csv(series(`fast${i}`, 0.4)));
  }
}

beforeAll(() => {
  workspace = new TestWorkspace();
  clean = new TestWorkspace();
  caches = mkdtempSync(join(tmpdir(), 'kindred-caches-'));
  writeWaves(clean);
  writeWaves(workspace);
  workspace.write('copies/<b>`x`.csv', csv(series('slow3', 0.05)));
  workspace.write('broken.csv', csv(series('broken', 0.05).map((value) => 1000 * value)));
  const labels = Array.from({ length: 14 }, (_, i) => [
    `slow/${i}.csv,${i === 5 ? 'fast' : 'slow'}`,
    `fast/${i}.csv,fast`,
  ]);
  workspace.write('labels.csv', ['path,label', ...labels.flat(), ''].join('\n'));
});

afterAll(() => {
  workspace.remove();
  clean.remove();
  rmSync(caches, { recursive: true, force: true });
});

const overview = (...args: string[]) => runKindred(workspace.folder, caches, ['overview', '.', ...args]);

describe('kindred overview', () => {
  it('reports the four checks as Markdown, in which no name of a file is markup', async () => {
    const { code, stdout } = await overview();
    expect(code).toBe(0);
    const copies = /### Copies: 1\n\n([^]*?)\n\n/.exec(stdout)?.[1];
    expect(copies).toContain('slow/3.csv');
    expect(copies).toContain('copies/&lt;b\\>\\`x\\`.csv');
    expect(copies).toMatch(/: The same file, byte for byte\.$/);
    expect(stdout).toMatch(/- broken\.csv: .*The values are about 1000 times those of the others/);
    expect(stdout).toMatch(/### Doubtful labels: 1\n\n- slow\/5\.csv: Its nearest speak for slow/);
    expect(stdout).toMatch(/### Groups: \d+\n\n- \d+ recordings like/);
    expect(stdout).not.toMatch(/<b>/);
  });

  it('writes JSON to a file, and fails on the findings that it is told to', async () => {
    const out = join(caches, 'report.json');
    const failed = await overview('--out', out, '--fail-on', 'duplicates,labels');
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(/There are findings: duplicates 1, labels 1\./);
    const { layouts } = JSON.parse(readFileSync(out, 'utf8')) as { layouts: LayoutReport[] };
    expect(layouts).toHaveLength(1);
    expect(layouts[0]).toMatchObject({ channels: ['v'], sequences: 30 });
    expect(layouts[0]?.outliers.rows.map(({ recording }) => recording.file)).toContain('broken.csv');
    expect(await overview('--fail-on', 'copies')).toMatchObject({ code: 2, stdout: '' });
  });

  it('reports one layout, or all together, and refuses one that is not there', async () => {
    const one = await overview('--layout', 'v', '--json');
    expect((JSON.parse(one.stdout) as { layouts: LayoutReport[] }).layouts).toHaveLength(1);
    const all = await overview('--layout', 'all', '--json');
    expect((JSON.parse(all.stdout) as { layouts: LayoutReport[] }).layouts).toMatchObject([{ channels: null }]);
    const none = await overview('--layout', 'p,q');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/No recording has the channels p,q\. There are: v\./);
  });

  it('does not count what is ignored', async () => {
    workspace.write('.kindred/ignored.csv', 'check,path,number,v1\nlabels,slow/5.csv,1\nduplicates,slow/3.csv,1\n');
    const { code, stdout } = await overview('--fail-on', 'labels,duplicates');
    expect(stdout).toMatch(/### Copies: 0, and 1 ignored[^]*### Doubtful labels: 0, and 1 ignored/);
    expect(code).toBe(0);
  });

  it('finds nothing in a folder in which nothing is wrong', async () => {
    const args = ['overview', '.', '--fail-on', 'duplicates,outliers,labels'];
    const { code, stderr } = await runKindred(clean.folder, caches, args);
    expect(stderr).not.toMatch(/findings/);
    expect(code).toBe(0);
  });
});
