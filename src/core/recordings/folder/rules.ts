import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { extensionOf } from '../names';
import { supportedExtensions } from '../registry';

/** The name of the file of labels in a workspace folder; it is read by itself and is no recording. */
export const labelsName = 'labels.csv';

/** Which files of a workspace folder may be indexed. */
export interface RuleSettings {
  /** Globs relative to the folder; without any, every file of a supported format is a candidate. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useGitignore: boolean;
}

type Matcher = (path: string) => boolean;

/**
 * The rules of one workspace folder: hidden files and folders are left out, then what `.gitignore` files and globs say.
 * A glob without a slash matches a name anywhere.
 */
export class FileRules {
  private readonly included: Matcher | null;
  private readonly excluded: Matcher;
  private readonly gitignores = new Map<string, Promise<Ignore | null>>();

  constructor(
    readonly folder: string,
    private readonly settings: RuleSettings,
  ) {
    this.included = settings.include.length === 0 ? null : globs(settings.include);
    this.excluded = globs(settings.exclude);
  }

  /** Whether a folder, and all that is in it, is left out. */
  async leavesOutFolder(path: string): Promise<boolean> {
    if (path === this.folder) return false;
    if (isHidden(path)) return true;
    const inside = this.inside(path);
    return this.excluded(inside) || this.excluded(`${inside}/`) || (await this.gitignored(path, true));
  }

  /** Whether a file whose folders are not left out is a candidate. */
  async accepts(path: string): Promise<boolean> {
    return supportedExtensions.has(extensionOf(path)) && basename(path) !== labelsName && (await this.allows(path));
  }

  /** Whether neither settings nor `.gitignore` rule a file out, whatever its format. */
  async allows(path: string): Promise<boolean> {
    if (isHidden(path)) return false;
    const inside = this.inside(path);
    if (this.included !== null && !this.included(inside)) return false;
    return !this.excluded(inside) && !(await this.gitignored(path, false));
  }

  /** Like `accepts`, for a file of which nothing is known: its folders are looked at as well. */
  async acceptsAnywhere(path: string): Promise<boolean> {
    for (let folder = dirname(path); folder.length > this.folder.length; folder = dirname(folder)) {
      if (await this.leavesOutFolder(folder)) return false;
    }
    return this.accepts(path);
  }

  private inside(path: string): string {
    return relative(this.folder, path).split(sep).join('/');
  }

  /** As git does it: the deepest `.gitignore` that says something decides. */
  private async gitignored(path: string, isFolder: boolean): Promise<boolean> {
    if (!this.settings.useGitignore) return false;
    for (let at = dirname(path); at.length >= this.folder.length; at = dirname(at)) {
      const rules = await this.gitignoreOf(at);
      const name = relative(at, path).split(sep).join('/') + (isFolder ? '/' : '');
      const verdict = rules?.test(name);
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
      if (at === this.folder) break;
    }
    return false;
  }

  private gitignoreOf(folder: string): Promise<Ignore | null> {
    let rules = this.gitignores.get(folder);
    if (rules === undefined) {
      rules = readGitignore(join(folder, '.gitignore'));
      this.gitignores.set(folder, rules);
    }
    return rules;
  }
}

async function readGitignore(path: string): Promise<Ignore | null> {
  try {
    return ignore().add(await readFile(path, 'utf8'));
  } catch {
    // Nearly every folder has none, and one that cannot be read rules nothing out.
    return null;
  }
}

function isHidden(path: string): boolean {
  return basename(path).startsWith('.');
}

function globs(patterns: readonly string[]): Matcher {
  const anywhere = patterns.map((pattern) => (pattern.includes('/') ? pattern : `**/${pattern}`));
  return picomatch(anywhere, { dot: true, nocase: process.platform === 'win32' });
}
