import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../src/dev/project';

const launch = v.object({
  configurations: v.array(
    v.object({
      name: v.string(),
      type: v.string(),
      port: v.optional(v.number()),
      env: v.optional(v.record(v.string(), v.string())),
      program: v.optional(v.string()),
      preLaunchTask: v.optional(v.string()),
    }),
  ),
  compounds: v.array(v.object({ configurations: v.array(v.string()) })),
});

const tasks = v.object({
  tasks: v.array(
    v.object({ label: v.string(), script: v.optional(v.string()), dependsOn: v.optional(v.array(v.string())) }),
  ),
});

async function read<T extends v.GenericSchema>(path: string, schema: T): Promise<v.InferOutput<T>> {
  return v.parse(schema, JSON.parse(await readFile(inProject(path), 'utf8')));
}

describe('the debugger', () => {
  it('attaches to the port at which the extension that it starts lets its engine be debugged', async () => {
    const { configurations } = await read('.vscode/launch.json', launch);
    const ports = configurations.flatMap(({ port }) => (port === undefined ? [] : [String(port)]));
    const told = configurations.flatMap(({ env }) => env?.['KINDRED_INSPECT'] ?? []);
    expect(ports).toHaveLength(1);
    expect(told).toEqual(ports);
  });

  it('runs tasks, scripts and programs that exist', async () => {
    const { configurations, compounds } = await read('.vscode/launch.json', launch);
    const { tasks: known } = await read('.vscode/tasks.json', tasks);
    const { scripts } = await read('package.json', v.object({ scripts: v.record(v.string(), v.string()) }));
    const asked = [
      ...configurations.map(({ preLaunchTask }) => preLaunchTask),
      ...known.flatMap(({ dependsOn = [] }) => dependsOn),
    ];
    expect(known.map(({ label }) => label)).toEqual(
      expect.arrayContaining(asked.filter((label) => label !== undefined)),
    );
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(known.flatMap(({ script }) => script ?? [])));
    expect(configurations.map(({ name }) => name)).toEqual(
      expect.arrayContaining(compounds.flatMap((compound) => compound.configurations)),
    );
    const programs = configurations.flatMap(({ program }) => program ?? []);
    expect(programs).not.toHaveLength(0);
    for (const program of programs) {
      expect(existsSync(program.replace('${workspaceFolder}', inProject())), program).toBe(true);
    }
  });

  it.each(['extension', 'engine', 'worker', 'finetune', 'cli'])('finds the sources of dist/%s.cjs', async (name) => {
    const map = inProject(`dist/${name}.cjs.map`);
    expect(await readFile(inProject(`dist/${name}.cjs`), 'utf8')).toMatch(
      new RegExp(`\\n//# sourceMappingURL=${name}\\.cjs\\.map\\n$`),
    );
    const { sources } = v.parse(v.object({ sources: v.array(v.string()) }), JSON.parse(await readFile(map, 'utf8')));
    const own = sources.filter((source) => source.startsWith('../src/'));
    expect(own).not.toHaveLength(0);
    expect(own.filter((source) => !existsSync(resolve(dirname(map), source)))).toEqual([]);
  });
});
