import { basename, dirname, join, relative, sep } from 'node:path';
import { readBounded, RefusedFileError } from '../../files/readBounded';
import { extensionOf } from '../names';
import { supportedExtensions } from '../registry';
import { Gitignore } from './gitignore';
import { GlobError, globMatcher } from './glob';

/** The name of the file of labels in a workspace folder; it is read by itself and is no recording. */
export const labelsName = 'labels.csv';

/** Which files of a workspace folder may be indexed. */
export interface RuleSettings {
  /** Globs relative to the folder; without any, every file of a supported format is a candidate. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useGitignore: boolean;
}

/** What was found but cannot be read; `reason` ends the sentence "skipped, because ...". */
export interface SkippedEntry {
  readonly path: string;
  readonly reason: string;
}

type Matcher = (path: string) => boolean;

/** Git's own templates have a few thousand bytes. */
const mostGitignoreBytes = 2 ** 20;

/**
 * The rules of one workspace folder: hidden files and folders are left out, then what `.gitignore` files and globs say.
 * A glob without a slash matches a name anywhere.
 */
export class FileRules {
  private readonly included: Matcher | null;
  private readonly excluded: Matcher;
  private readonly gitignores = new Map<string, Promise<Gitignore | null>>();
  private readonly unused: SkippedEntry[] = [];

  constructor(
    readonly folder: string,
    private readonly settings: RuleSettings,
  ) {
    this.included = settings.include.length === 0 ? null : this.globs(settings.include);
    this.excluded = this.globs(settings.exclude);
  }

  /** Globs of the settings and `.gitignore` files that are not followed, as far as they were met. */
  get problems(): readonly SkippedEntry[] {
    return this.unused;
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
      const verdict = rules?.verdict(relative(at, path).split(sep).join('/'), isFolder) ?? null;
      if (verdict !== null) return verdict === 'ignored';
      if (at === this.folder) break;
    }
    return false;
  }

  private gitignoreOf(folder: string): Promise<Gitignore | null> {
    let rules = this.gitignores.get(folder);
    if (rules === undefined) {
      rules = this.readGitignore(join(folder, '.gitignore'));
      this.gitignores.set(folder, rules);
    }
    return rules;
  }

  /** One that cannot be read rules nothing out. */
  private async readGitignore(path: string): Promise<Gitignore | null> {
    try {
      const content = await readBounded(path, mostGitignoreBytes);
      return content === null ? null : new Gitignore(content.toString('utf8'));
    } catch (error) {
      if (!(error instanceof RefusedFileError)) throw error;
      this.unused.push({ path, reason: error.message });
      return null;
    }
  }

  private globs(patterns: readonly string[]): Matcher {
    const matchers = patterns.flatMap((glob): readonly Matcher[] => {
      try {
        return [globMatcher(glob, { ignoreCase: process.platform === 'win32' })];
      } catch (error) {
        if (!(error instanceof GlobError)) throw error;
        this.unused.push({
          path: this.folder,
          reason: `a glob of the settings, ${glob.slice(0, 40)}…, cannot be used, because ${error.message}`,
        });
        return [];
      }
    });
    return (path) => matchers.some((matches) => matches(path));
  }
}

function isHidden(path: string): boolean {
  return basename(path).startsWith('.');
}
