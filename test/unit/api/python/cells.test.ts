import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingsCell, searchCell, windowsCell, type CommandLine } from '../../../../src/api/python/cells';
import { pythonWithPandas } from '../../../../src/dev/pythonWith';
import { runKindred } from '../../cli/runKindred';
import { recording, TestWorkspace } from '../../engine/workspace';

/** A name that means something to Python, shells, Markdown and terminals. */
const hostile = '\'"); import os; os._exit(7) #\n\\x{__import__("os")}\u202e.csv';

let workspace: TestWorkspace;
let scratch: string;
let python: string | null;
let line: CommandLine;

beforeAll(async () => {
  python = await pythonWithPandas(console.log);
  if (python === null) console.log('skipped: there is no Python with pandas, and none could be installed');
  workspace = new TestWorkspace();
  scratch = mkdtempSync(join(tmpdir(), 'kindred-cells-'));
  workspace.write('a.csv', recording(0.1));
  workspace.write(hostile, recording(0.1, { phase: 1 }));
  workspace.write('sub/c.csv', recording(0.9));
  workspace.write('other.csv', recording(0.5).replace('x,y', 'p,q'));
  workspace.write('labels.csv', 'path,label\na.csv,"slow ""\'#"\n');
  line = {
    command: [process.execPath, resolve('dist/cli.cjs')],
    environment: { ELECTRON_RUN_AS_NODE: '1' },
    options: ['--threads', '1', '--cache', join(scratch, 'cache')],
  };
}, 300_000);

afterAll(() => {
  workspace.remove();
  rmSync(scratch, { recursive: true, force: true });
});

interface Row {
  readonly path: string;
  readonly label: string | null;
  readonly distance: number;
  readonly from_s?: number | null;
  readonly start?: number;
  /** The shape of its embedding. */
  readonly embedding?: readonly number[];
}

/** Runs a cell as a notebook does, and says what stands in its last line, `df`. */
function rowsOf(cell: string): readonly Row[] {
  const script = join(scratch, 'cell.py');
  const show = `
import json
table = df.copy()
if 'embedding' in table: table['embedding'] = [list(each.shape) for each in table['embedding']]
print(json.dumps(json.loads(table.to_json(orient='records'))))
`;
  writeFileSync(script, `${cell}${show}`);
  return JSON.parse(execFileSync(python!, [script], { encoding: 'utf8', cwd: scratch })) as readonly Row[];
}

describe('a cell', () => {
  it('holds texts of files as literals alone, on as many lines whatever they are', () => {
    const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 1 });
    fc.assert(
      fc.property(texts, fc.string({ unit: 'binary' }), (names, path) => {
        const own = { ...line, command: names };
        const of = (file: string) => [
          searchCell(own, [file]),
          windowsCell(own, [file]),
          recordingsCell(own, [file], [{ file, sequence: 1 }]),
        ];
        const plain = of('a').map((cell) => cell.split('\n').length);
        expect(of(path).map((cell) => cell.split('\n').length)).toEqual(plain);
        for (const cell of of(path)) expect(cell).toMatch(/^[ -~\n]+$/);
      }),
    );
  });

  it('gives what is like a recording, with embeddings from which the distances follow', (test) => {
    if (python === null) return test.skip();
    const rows = rowsOf(searchCell(line, [workspace.path('a.csv'), '--in', workspace.folder, '--top', '5']));
    expect(rows.map(({ path }) => path)).toEqual([workspace.path(hostile), workspace.path('sub/c.csv')]);
    expect(rows.map(({ label }) => label)).toEqual([null, null]);
    for (const { embedding } of rows) expect(embedding).toEqual([2, expect.any(Number)]);
    const again = rowsOf(searchCell(line, [workspace.path(hostile), '--in', workspace.folder]));
    expect(again[0]).toMatchObject({ path: workspace.path('a.csv'), label: 'slow "\'#', distance: rows[0]!.distance });
  });

  it('gives nothing where nothing can be compared', (test) => {
    if (python === null) return test.skip();
    expect(rowsOf(searchCell(line, [workspace.path('other.csv'), '--in', workspace.folder]))).toEqual([]);
  });

  it('gives parts of recordings', (test) => {
    if (python === null) return test.skip();
    const args = [workspace.path('a.csv'), '--in', workspace.folder, '--from', '20', '--to', '120'];
    const [first] = rowsOf(windowsCell(line, args));
    expect(first).toMatchObject({ path: workspace.path(hostile), label: null, from_s: null });
    expect(first!.start).toEqual(expect.any(Number));
  });

  it('gives recordings of a map or a list in their order, with distances as a search has them', async (test) => {
    if (python === null) return test.skip();
    const names = [hostile, 'a.csv', 'sub/c.csv'];
    const wanted = names.map((name) => ({ file: workspace.path(name), sequence: 1 }));
    const of = [workspace.folder, '--layout-of', `${workspace.path('a.csv')}#1`];
    const rows = rowsOf(recordingsCell(line, of, wanted));
    expect(rows.map(({ path, label }) => [path, label])).toEqual([
      [workspace.path(hostile), null],
      [workspace.path('a.csv'), 'slow "\'#'],
      [workspace.path('sub/c.csv'), null],
    ]);
    const { stdout } = await runKindred(workspace.folder, scratch, ['search', workspace.path(hostile), '--json']);
    const { rows: found } = JSON.parse(stdout) as { rows: readonly Row[] };
    expect(rows[0]!.distance).toBe(0);
    expect(rows[1]!.distance).toBeCloseTo(found[0]!.distance, 4);
    expect(rows[2]!.distance).toBeCloseTo(found[1]!.distance, 4);
    const gone = [...wanted, { file: workspace.path('gone.csv'), sequence: 1 }];
    expect(rowsOf(recordingsCell(line, of, gone))).toHaveLength(3);
    expect(rowsOf(recordingsCell(line, of, null))).toHaveLength(3);
    const all = rowsOf(recordingsCell(line, [workspace.folder], null));
    expect(all.map(({ embedding }) => embedding![0])).toEqual([2, 2, 2, 2]);
  });

  it('says why where the command fails', (test) => {
    if (python === null) return test.skip();
    const fails = () => rowsOf(searchCell(line, [workspace.path('gone.csv'), '--in', workspace.folder]));
    expect(fails).toThrow(/RuntimeError: kindred: gone\.csv cannot be used, because it does not exist/);
  });
});
