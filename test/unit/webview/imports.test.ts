import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../src/dev/project';

/** What each file of a folder imports from it, types included. */
async function importsIn(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = await readdir(inProject(folder), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => name.replaceAll('\\', '/'));
  const found = files.map(async (name): Promise<[string, readonly string[]]> => {
    const { importedFiles } = ts.preProcessFile(await readFile(join(inProject(folder), name), 'utf8'));
    const paths = importedFiles.map(({ fileName }) => join(dirname(name), `${fileName}.ts`).replaceAll('\\', '/'));
    return [name, paths.filter((path) => files.includes(path))];
  });
  return new Map(await Promise.all(found));
}

/** The files that are left when those that import none of the others are taken away, again and again. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const left = new Map(imports);
  for (;;) {
    const free = [...left].filter(([, paths]) => !paths.some((path) => left.has(path)));
    if (free.length === 0) return [...left.keys()];
    for (const [name] of free) left.delete(name);
  }
}

describe('the files of the pages', () => {
  it('import one another in no circle, types included', async () => {
    const imports = await importsIn('webview');
    expect(imports.get('results/main.ts')).toContain('results/panel.ts');
    expect(circlesIn(imports)).toEqual([]);
  });

  it('are searched for circles of any length', () => {
    const imports = { a: ['b'], b: ['c'], c: ['b', 'd'], d: [], e: ['e'] };
    expect(circlesIn(new Map(Object.entries(imports)))).toEqual(['a', 'b', 'c', 'e']);
  });
});
