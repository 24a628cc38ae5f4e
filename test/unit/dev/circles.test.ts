import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const project = resolve('.');

/** What every source file imports of the others, types included. */
function importsOf(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
      const targets = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => join(dirname(file), `${fileName}.ts`));
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
}

/** Files that import one another, along one way around each circle. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): void => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push(way.slice(at));
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const next of imports.get(file) ?? []) visit(next);
    way.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return circles;
}

describe('the imports of the sources', () => {
  it('are looked at as they are', () => {
    const imports = importsOf(['src', 'webview'].map((folder) => join(project, folder)));
    expect(imports.get(join(project, 'src/core/recordings/source.ts'))).toEqual([
      join(project, 'src/core/files/openToRead.ts'),
      join(project, 'src/core/recordings/allocate.ts'),
      join(project, 'src/core/recordings/names.ts'),
      join(project, 'src/core/recordings/unreadable.ts'),
    ]);
    const round = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', ['a']],
    ]);
    expect(circlesIn(round)).toEqual([['a', 'b', 'c']]);
  });

  it('run in no circle', () => {
    const circles = circlesIn(importsOf(['src', 'webview'].map((folder) => join(project, folder))));
    expect(circles.map((circle) => circle.map((file) => relative(project, file)))).toEqual([]);
  });
});
