import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { targets } from '../../../src/dev/packaging/targets';
import { inProject } from '../../../src/dev/project';
import { marketplaces } from '../../../src/dev/releasing/uploads';

const step = v.object({
  name: v.optional(v.string()),
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
  env: v.optional(v.record(v.string(), v.string())),
});

const workflow = v.object({
  on: v.record(v.string(), v.unknown()),
  permissions: v.unknown(),
  env: v.optional(v.unknown()),
  jobs: v.record(
    v.string(),
    v.object({
      needs: v.optional(v.array(v.string())),
      permissions: v.optional(v.unknown()),
      env: v.optional(v.unknown()),
      environment: v.optional(v.string()),
      'timeout-minutes': v.number(),
      strategy: v.optional(v.object({ matrix: v.record(v.string(), v.array(v.unknown())) })),
      steps: v.array(step),
    }),
  ),
});

const folder = '.github/workflows';
const files = readdirSync(inProject(folder));

function read(name: string) {
  return v.parse(workflow, parse(readFileSync(inProject(folder, name), 'utf8')));
}

function stepsOf(name: string) {
  return Object.values(read(name).jobs).flatMap(({ steps }) => steps);
}

describe('the workflows', () => {
  it('are the two that are described here', () => {
    expect(files.sort()).toEqual(['ci.yml', 'release.yml']);
  });

  it.each(files)('%s has nothing but a right to read, and leaves no key behind', (name) => {
    const { permissions, jobs } = read(name);
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual(Object.values(jobs).map(() => undefined));
    for (const { uses, with: options } of stepsOf(name)) {
      if (uses?.startsWith('actions/checkout@') === true) expect(options).toEqual({ 'persist-credentials': false });
    }
  });

  it.each(files)('%s uses actions of one fixed version', (name) => {
    const text = readFileSync(inProject(folder, name), 'utf8');
    const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(actions).toHaveLength(stepsOf(name).filter(({ uses }) => uses !== undefined).length);
    expect(actions).not.toHaveLength(0);
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(files)('%s runs scripts that there are', (name) => {
    const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: object };
    const run = stepsOf(name).flatMap(({ run = '' }) =>
      [...run.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script),
    );
    expect(run).not.toHaveLength(0);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
  });
});

describe('continuous integration', () => {
  it('packages for every target', () => {
    const { matrix } = read('ci.yml').jobs['package']!.strategy!;
    expect(matrix['target']).toEqual(targets.map(({ name }) => name));
  });
});

describe('publishing', () => {
  const { on, jobs, env } = read('release.yml');

  it('begins with a tag, and needs the tests and all packages', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs['publish']?.needs).toEqual(['test', 'package']);
    const commands = (job: string) => jobs[job]?.steps.map(({ run }) => run);
    expect(commands('test')).toContain('npm test');
    expect(commands('package')).toContain('npm run package -- --all');
  });

  it('has the keys in its last step alone, each named as its program wants it', () => {
    const all = Object.values(jobs).flatMap(({ steps }) => steps);
    const keyed = all.filter((of) => JSON.stringify(of).includes('secrets.'));
    expect(keyed).toHaveLength(1);
    expect(keyed[0]).toBe(jobs['publish']?.steps.at(-1));
    expect(keyed[0]?.env).toEqual(Object.fromEntries(marketplaces.map(({ key }) => [key, `\${{ secrets.${key} }}`])));
    expect(JSON.stringify([env, ...Object.values(jobs).map((job) => job.env)])).not.toContain('secrets');
    expect(jobs['publish']?.environment).toBe('marketplaces');
  });

  it('prints what it would do before, and never puts the name of a tag into a script', () => {
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(runs.filter((run) => run.includes('npm run release'))).toEqual([
      'npm run release -- --tag "$GITHUB_REF_NAME" --dry-run',
      'npm run release -- --tag "$GITHUB_REF_NAME" --from packages',
    ]);
    expect(runs.filter((run) => run.includes('${{'))).toEqual([]);
  });
});
