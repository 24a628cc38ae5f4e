import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Mutex } from 'async-mutex';
import { writeWhole } from '../core/files/writeWhole';
import type { Catalogue } from '../core/index/catalogue';
import { LabelsFile, LabelsFileError, type LabelTarget } from '../core/labels/labelsFile';
import { LabelTable } from '../core/labels/labelTable';
import { readLabelsText } from '../core/labels/readLabels';
import { labelsName } from '../core/recordings/folder/rules';
import type { OpenParams, WorkspaceFolder } from '../protocol/engine';
import type { LabelsOfAnswer, SetLabelAnswer, SetLabelParams } from '../protocol/labels';
import { folderOf, insidePath, shownPath } from './paths';
import { RequestError } from './requestError';
import { shortened } from './shortened';
import type { WorkspaceFiles } from './workspaceFiles';

export interface LabelWritingParts {
  readonly params: OpenParams;
  readonly files: WorkspaceFiles;
  readonly catalogue: Catalogue;
  /** Called when labels were written, and read again. */
  readonly onChange: () => void;
}

type Targets = SetLabelParams['targets'];

/** A labels file before and after a change; `null` where there was none. */
interface Change {
  readonly folder: WorkspaceFolder;
  readonly before: string | null;
  readonly after: string;
}

/** So many changes of labels can be taken back. */
const mostSteps = 50;

/** Owns the labels that are written: one change after the other, and the way back. */
export class LabelWriting {
  private readonly writing = new Mutex();
  private readonly steps: (readonly Change[])[] = [];

  constructor(private readonly parts: LabelWritingParts) {}

  /**
   * Writes labels into the `labels.csv` of the folders that the files lie in.
   * @throws RequestError for a labels file that cannot be changed, and files outside of the workspace
   */
  set(params: SetLabelParams): Promise<SetLabelAnswer> {
    return this.writing.runExclusive(() => this.write(params));
  }

  /**
   * Takes the last labels back that were set.
   * @returns the labels files that are as they were before; none where there is nothing to take back
   * @throws RequestError when a file has changed since; nothing is taken back then
   */
  undo(): Promise<readonly string[]> {
    return this.writing.runExclusive(() => this.takeBack());
  }

  /** The labels that recordings have, most frequent first. */
  labelsOf(targets: Targets): LabelsOfAnswer['labels'] {
    const counts = new Map<string, number>();
    for (const target of targets) {
      for (const label of this.labelsOfTarget(target)) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const all = Array.from(counts, ([label, count]) => ({ label: shortened(label), count }));
    return all.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  }

  private labelsOfTarget({ path, number }: Targets[number]): readonly string[] {
    const { params, files, catalogue } = this.parts;
    const folder = folderOf(path, params.folders);
    const table = folder === undefined ? null : files.tableOf(folder);
    const inside = folder === undefined ? '' : insidePath(path, folder);
    const sequences = catalogue.get(path)?.sequences.filter((each) => number === null || each.number === number) ?? [];
    return sequences.flatMap((each) => table?.find(inside, each.number)?.label ?? each.surveyed.label ?? []);
  }

  private async write({ targets, label }: SetLabelParams): Promise<SetLabelAnswer> {
    const { folders } = this.parts.params;
    const step: Change[] = [];
    for (const folder of folders) {
      const own = targets.filter(({ path }) => folderOf(path, folders)?.path === folder.path);
      if (own.length === 0) continue;
      const { before, file, table } = await changeable(folder, folders);
      const after = file.with(this.linesOf(own, folder, table), label).text();
      await writeWhole(fileOf(folder), after);
      step.push({ folder, before, after });
    }
    if (step.length === 0) throw new RequestError('Only recordings of the open workspace can be given labels.');
    this.steps.push(step);
    this.steps.splice(0, this.steps.length - mostSteps);
    await this.readAgain();
    return { written: step.map(({ folder }) => fileOf(folder)), changed: targets.length };
  }

  private async takeBack(): Promise<readonly string[]> {
    const step = this.steps.at(-1);
    if (step === undefined) return [];
    for (const { folder, after } of step) {
      const { before: now } = await changeable(folder, this.parts.params.folders);
      if (now === after) continue;
      // Whatever came before it would be further from what the file holds now.
      this.steps.length = 0;
      const name = shownPath(fileOf(folder), this.parts.params.folders);
      throw new RequestError(`${name} was changed after the label was set, so nothing was undone. Change it by hand.`);
    }
    for (const { folder, before } of step) {
      if (before === null) await rm(fileOf(folder), { force: true });
      else await writeWhole(fileOf(folder), before);
    }
    this.steps.pop();
    await this.readAgain();
    return step.map(({ folder }) => fileOf(folder));
  }

  private async readAgain(): Promise<void> {
    await this.parts.files.readLabels();
    this.parts.onChange();
  }

  /**
   * Which lines label recordings: a sequence that its file holds alone needs no number, unless something is said of that
   * very sequence already, by a line or the file itself, which would count more.
   */
  private linesOf(targets: Targets, folder: WorkspaceFolder, table: LabelTable): readonly LabelTarget[] {
    return targets.map(({ path, number }) => {
      const inside = insidePath(path, folder);
      const survey = this.parts.catalogue.get(path)?.survey;
      const isAlone = survey?.kind === 'sequences' && survey.count === 1 && survey.sequences[0]?.label === null;
      const isNamed = isAlone && number !== null && table.find(inside, number)?.ofSequence === true;
      return { path: inside, number: isAlone && !isNamed ? null : number };
    });
  }
}

function fileOf(folder: WorkspaceFolder): string {
  return join(folder.path, labelsName);
}

/** @throws RequestError for a file that cannot be read */
async function changeable(
  folder: WorkspaceFolder,
  folders: readonly WorkspaceFolder[],
): Promise<{ readonly before: string | null; readonly file: LabelsFile; readonly table: LabelTable }> {
  try {
    const before = await readLabelsText(folder.path);
    const file = before === null ? LabelsFile.empty() : LabelsFile.parse(before);
    return { before, file, table: new LabelTable(file.entries()) };
  } catch (error) {
    if (!(error instanceof LabelsFileError)) throw error;
    const name = shownPath(fileOf(folder), folders);
    throw new RequestError(`${name} cannot be changed, because ${error.message}.`, { cause: error });
  }
}
