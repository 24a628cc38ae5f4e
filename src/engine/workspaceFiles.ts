import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FileRules, labelsName, type RuleSettings, type SkippedEntry } from '../core/recordings/folder/rules';
import { walk } from '../core/recordings/folder/walk';
import { LabelsFileError } from '../core/labels/labelsFile';
import { LabelTable, type TableLabel } from '../core/labels/labelTable';
import { readLabels } from '../core/labels/readLabels';
import type { Decisions } from '../core/recordings/reading/decisions';
import { ReadingRulesError, readingRulesName } from '../core/recordings/reading/rulesFile';
import { readReadingRules, type ReadingRulesTable } from '../core/recordings/reading/rulesTable';
import type { Changes } from '../core/index/watch';
import type { WorkspaceFolder } from '../protocol/engine';
import { folderOf, insidePath } from './paths';

/** What the changes of some files mean for the index. */
export type Consequence =
  | { readonly kind: 'rescan' }
  | { readonly kind: 'update'; readonly changed: readonly string[]; readonly gone: readonly string[] };

/** A label, and whether the file itself says it, so that it means something there alone. */
export interface ShownLabel {
  readonly label: string | null;
  readonly isOwn: boolean;
}

/** The candidates, the labels and the rules of all folders of a workspace. */
export class WorkspaceFiles {
  private rules: readonly FileRules[] = [];
  private tables: ReadonlyMap<string, LabelTable> = new Map();
  private walkSkipped: readonly SkippedEntry[] = [];
  private labelsSkipped: readonly SkippedEntry[] = [];
  private reading: ReadonlyMap<string, ReadingRulesTable> = new Map();
  private readingSkipped: readonly SkippedEntry[] = [];
  private leftOut: ReadonlySet<string> = new Set();
  /** The folders that the last scan has looked into and the one before had left out. */
  uncovered: readonly string[] = [];
  /** How often labels changed: what was learnt from them before may hold no longer. */
  labelChanges = 0;

  constructor(
    private readonly folders: readonly WorkspaceFolder[],
    private readonly settings: RuleSettings,
  ) {
    this.renewRules();
  }

  get skipped(): readonly SkippedEntry[] {
    return [...this.labelsSkipped, ...this.readingSkipped, ...this.walkSkipped];
  }

  /** What `labels.csv` says of a sequence. */
  labelOf(path: string, number: number): TableLabel | null {
    const folder = folderOf(path, this.folders);
    if (folder === undefined) return null;
    return this.tables.get(folder.path)?.find(insidePath(path, folder), number) ?? null;
  }

  /**
   * The label that is shown of a sequence: what a user said of this very sequence counts more than what the file says, and
   * that more than a line for the file.
   * @param own what the file says
   */
  shownLabel(path: string, number: number, own: string | null): ShownLabel {
    const given = this.labelOf(path, number);
    const isOwn = own !== null && given?.ofSequence !== true;
    return { label: isOwn ? own : (given?.label ?? null), isOwn };
  }

  /** What a user decided about the reading of a file. */
  decisionsOf(path: string): Decisions | null {
    const folder = folderOf(path, this.folders);
    if (folder === undefined) return null;
    return this.reading.get(folder.path)?.find(insidePath(path, folder)) ?? null;
  }

  /** The table of labels of a workspace folder, as it was read last. */
  tableOf(folder: WorkspaceFolder): LabelTable {
    return this.tables.get(folder.path) ?? new LabelTable([]);
  }

  /** Whether `labels.csv` gives any label. */
  get hasLabels(): boolean {
    return [...this.tables.values()].some(({ size }) => size > 0);
  }

  /** All candidates, in a stable order; `.gitignore` files and labels are read anew. */
  async scan(signal: AbortSignal): Promise<readonly string[]> {
    this.renewRules();
    await this.readLabels();
    await this.readReadingRules();
    const found = await Promise.all(this.rules.map((rules) => walk(rules, signal)));
    this.walkSkipped = found.flatMap(({ skipped }) => skipped);
    const leftOut = new Set(found.flatMap((each) => each.leftOut));
    this.uncovered = [...this.leftOut].filter((path) => !leftOut.has(path) && existsSync(path));
    this.leftOut = leftOut;
    return [...new Set(found.flatMap(({ files }) => files))];
  }

  /** The candidates of one folder as they are now. */
  async candidatesOf({ path }: WorkspaceFolder, signal: AbortSignal): Promise<readonly string[]> {
    const { files } = await walk(new FileRules(path, this.settings), signal);
    return files.filter((file) => folderOf(file, this.folders)?.path === path);
  }

  async readLabels(): Promise<void> {
    const tables = new Map<string, LabelTable>();
    const skipped: SkippedEntry[] = [];
    for (const { path } of this.folders) {
      try {
        tables.set(path, await readLabels(path));
      } catch (error) {
        if (!(error instanceof LabelsFileError)) throw error;
        skipped.push({ path: join(path, labelsName), reason: error.message });
      }
    }
    if (!areSame(tables, this.tables)) this.labelChanges++;
    this.tables = tables;
    this.labelsSkipped = skipped;
  }

  /** Rules that cannot be used leave every file to its reader, and say so. */
  private async readReadingRules(): Promise<void> {
    const tables = new Map<string, ReadingRulesTable>();
    const skipped: SkippedEntry[] = [];
    for (const { path } of this.folders) {
      try {
        tables.set(path, await readReadingRules(path));
      } catch (error) {
        if (!(error instanceof ReadingRulesError)) throw error;
        skipped.push({ path: join(path, readingRulesName), reason: error.message });
      }
    }
    this.reading = tables;
    this.readingSkipped = skipped;
  }

  /** Whether the watcher need not look at a path nor below it: what is hidden, and what the last scan left out. */
  isUnwatched(path: string): boolean {
    // The scan leaves them out, as it does all that is hidden.
    if (this.folders.some((folder) => folder.path === path || isReadingRules(path, folder.path))) return false;
    if (this.leftOut.has(path)) return true;
    const name = basename(path);
    return (name.startsWith('.') && name !== '.gitignore') || basename(dirname(path)) === dirname(readingRulesName);
  }

  /** @param indexed all paths of the index */
  async consequenceOf({ changed, removed }: Changes, indexed: readonly string[]): Promise<Consequence> {
    const touched = [...changed, ...removed];
    const rescans = (path: string) =>
      basename(path) === '.gitignore' || this.folders.some((folder) => path === join(folder.path, readingRulesName));
    if (touched.some(rescans)) return { kind: 'rescan' };
    if (touched.some((path) => basename(path) === labelsName)) await this.readLabels();
    const accepted: string[] = [];
    for (const path of changed) {
      const folder = folderOf(path, this.folders);
      const rules = this.rules.find((candidate) => candidate.folder === folder?.path);
      if ((await rules?.acceptsAnywhere(path)) === true) accepted.push(path);
    }
    return { kind: 'update', changed: accepted.sort(), gone: indexed.filter((path) => isGone(path, removed)) };
  }

  private renewRules(): void {
    this.rules = this.folders.map(({ path }) => new FileRules(path, this.settings));
  }
}

function areSame(a: ReadonlyMap<string, LabelTable>, b: ReadonlyMap<string, LabelTable>): boolean {
  return a.size === b.size && [...a].every(([folder, table]) => b.get(folder)?.equals(table) === true);
}

/** Whether a path is that of the rules of reading, or of the folder that they are in. */
function isReadingRules(path: string, folder: string): boolean {
  const rules = join(folder, readingRulesName);
  return path === rules || path === dirname(rules);
}

function isGone(path: string, removed: ReadonlySet<string>): boolean {
  for (let at = path, above = dirname(at); ; at = above, above = dirname(at)) {
    if (removed.has(at)) return true;
    if (above === at) return false;
  }
}
