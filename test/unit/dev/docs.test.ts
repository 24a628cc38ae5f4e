import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { supportedExtensions } from '../../../src/core/recordings/registry';
import { inProject } from '../../../src/dev/project';

const ofProject = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...pagesIn('docs')];
const pages = ['README.md', 'CHANGELOG.md', 'models/README.md', ...ofProject];

/** What stands at the top of the project; build results and what tests leave behind are not always there. */
const top = new Set(['src', 'webview', 'test', 'docs', 'models', 'media', 'l10n', '.github', '.vscode']);
const made = ['test/editor/.work'];

function pagesIn(folder: string): string[] {
  return readdirSync(inProject(folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

function textOf(page: string): string {
  return readFileSync(inProject(page), 'utf8');
}

/** The words in backticks, and in blocks of code, that look like paths of the project. */
function pathsIn(text: string): string[] {
  const code = [...text.matchAll(/```[^]*?```|`[^`\n]+`/g)].flatMap(([block]) => block.split(/[\s`"<>,;()[\]]+/));
  const paths = code.filter((word) => {
    const [first = '', ...rest] = word.split('/');
    return rest.length > 0
      ? top.has(first)
      : /^(package[\w.-]*\.json|tsconfig\.json|\.eslint[\w.-]+|[A-Z]+\.md)$/.test(word);
  });
  return paths.filter((path) => !made.some((folder) => path.startsWith(folder)));
}

interface Link {
  readonly page: string;
  readonly anchor: string | undefined;
}

function linksIn(page: string): Link[] {
  return [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    return [{ page: path === '' ? page : join(dirname(page), path), anchor }];
  });
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  it.each(ofProject)('%s names only paths that exist', (page) => {
    expect(pathsIn(textOf(page)).filter((path) => !existsSync(inProject(path)))).toEqual([]);
  });

  it('name paths at all', () => {
    expect(pathsIn(textOf('ARCHITECTURE.md')).length).toBeGreaterThan(40);
    expect(pathsIn('`src/nowhere.ts` and `npx vitest test/x`, `labels.csv`')).toEqual(['src/nowhere.ts', 'test/x']);
  });

  it.each(pages)('%s links to pages and headings that exist', (page) => {
    for (const { page: target, anchor } of linksIn(page)) {
      expect(existsSync(inProject(target)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), target).toContain(anchor);
    }
  });

  it('are all reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const { page: target } of linksIn(page)) if (target.endsWith('.md')) reached.add(target);
    }
    expect([...reached]).toEqual(expect.arrayContaining(ofProject));
  });
});

describe('the pages for users', () => {
  it('name every setting with its default', () => {
    const manifest = JSON.parse(textOf('package.json')) as Manifest;
    const settings = Object.entries(manifest.contributes.configuration.properties);
    const rows = settings.map(([name, { default: usual }]) => {
      return `| \`${name.replace('kindred.', '')}\` | \`${JSON.stringify(usual)}\` |`;
    });
    expect(rows.filter((row) => !textOf('docs/settings.md').includes(row))).toEqual([]);
    expect(textOf('docs/settings.md').match(/^\| `/gm)).toHaveLength(settings.length);
  });

  it('name every extension that a reader may claim', () => {
    const named = textOf('docs/formats.md');
    expect([...supportedExtensions].filter((extension) => !named.includes(`\`${extension}\``))).toEqual([]);
  });

  it('name every command of the command line', () => {
    const declared = ['searching', 'checking', 'exporting', 'serving', 'training']
      .map((file) => textOf(`src/cli/commands/${file}.ts`))
      .join('');
    const commands = [...declared.matchAll(/\.command\('(\w+)'\)|name: '(\w+)'/g)].map(
      ([, command, exported]) => command ?? exported ?? '',
    );
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((command) => !textOf('docs/cli.md').includes(`npx kindred ${command} `))).toEqual([]);
  });
});

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

describe('SECURITY.md', () => {
  it('names tests that there are', () => {
    const named = [...textOf('SECURITY.md').matchAll(/`(test\/[^`]+\.test\.ts)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(
      ([, file = '', titles = '']) => [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ file, title })),
    );
    expect(named.length).toBeGreaterThan(25);
    const missing = named.filter(({ file, title }) => !textOf(file).includes(title));
    expect(missing).toEqual([]);
  });

  it('names a test for every threat', () => {
    const threats = textOf('SECURITY.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| it tries'));
    expect(threats.length).toBeGreaterThan(20);
    for (const threat of threats) expect(threat).toMatch(/\| `test\/.*” \|$/);
  });
});
