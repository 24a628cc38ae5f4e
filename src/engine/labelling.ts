import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../core/files/writeWhole';
import { evenlySpaced } from '../core/distributions/evenlySpaced';
import type { EncoderDescription } from '../core/encoder/description';
import type { Catalogue } from '../core/index/catalogue';
import type { Candidate } from '../core/labels/candidate';
import { surveyLabels, usualChoice, type LabelSet, type LabelSurvey } from '../core/labels/labelSets';
import type { LabelSource } from '../core/labels/labelSource';
import { PatternError } from '../core/labels/pattern';
import { assign, type Assignment, type Matching, type TableOf } from '../core/labels/sources';
import { suggestPatterns } from '../core/labels/suggestPatterns';
import type { OpenParams } from '../protocol/engine';
import type { TuningPlan } from '../protocol/finetune';
import type {
  LabelOverview,
  LabelSetSummary,
  PlanAnswer,
  PlanParams,
  SourceProblem,
  SourceSummary,
} from '../protocol/labels';
import { folderOf, insidePath, shownPath } from './paths';
import { plannedSet } from './plannedSet';
import { shortened, shortenedOrNull } from './shortened';
import { workOptions } from './workers/workOptions';
import type { WorkspaceFiles } from './workspaceFiles';

export interface LabellingParts {
  readonly params: OpenParams;
  readonly encoder: EncoderDescription;
  readonly files: WorkspaceFiles;
  readonly catalogue: Catalogue;
  readonly match: Matching;
  /** The rate at which a sequence is compared, in Hz, where that is another than its own. */
  readonly rateOf: (path: string, number: number) => number | null;
}

const mostExamples = 3;
const mostLabels = 12;
const mostChannels = 6;
const mostPreviews = 8;

/** What the labels of the workspace are, and how a fine-tuning would use them. */
export class Labelling {
  constructor(private readonly parts: LabellingParts) {}

  async overview(pattern: string | null): Promise<LabelOverview> {
    const candidates = this.candidates();
    const suggestions = suggestPatterns([...new Set(candidates.map(({ file }) => file))]);
    const sources: LabelSource[] = [
      { kind: 'labelsFile' },
      { kind: 'inside' },
      { kind: 'folder' },
      { kind: 'fileName', pattern: pattern ?? suggestions[0] ?? '' },
    ];
    return {
      sequences: candidates.length,
      sources: await Promise.all(sources.map((source) => this.summary(source, candidates))),
      suggestions: [...suggestions],
    };
  }

  /** Writes the plan of a fine-tuning, unless the answer says why there can be none. */
  async plan({ source, sets: ids, settings, folder }: PlanParams): Promise<PlanAnswer> {
    const { params, encoder, files, rateOf } = this.parts;
    const survey = surveyLabels(await this.assignment(source, this.candidates()));
    const chosen = survey.sets.filter(({ id, usable }) => usable && ids.includes(shortened(id)));
    if (chosen.length !== ids.length) return { problem: 'changed', sequences: 0, heldOut: 0 };
    const sets = chosen.map((set) =>
      plannedSet(set, settings, (path, number) => ({ rate: rateOf(path, number), decisions: files.decisionsOf(path) })),
    );
    const heldOut = sets.reduce((sum, { split }) => sum + split.heldOut, 0);
    if (heldOut === 0) return { problem: 'nothingToHoldOut', sequences: 0, heldOut };
    const { read, maximumSteps } = workOptions(params.settings, null);
    const plan: TuningPlan = {
      format: 'kindred-tuning-1',
      encoder: { folder: params.models, sha256: encoder.sha256, name: encoder.name },
      settings,
      source,
      sets,
      read,
      maximumSteps: Math.min(maximumSteps, 32_768),
      created: new Date().toISOString(),
    };
    await mkdir(folder, { recursive: true });
    await writeWhole(join(folder, 'plan.json'), JSON.stringify(plan));
    return { problem: null, sequences: sets.reduce((sum, { sequences }) => sum + sequences.length, 0), heldOut };
  }

  private candidates(): readonly Candidate[] {
    const { params, catalogue } = this.parts;
    const all: Candidate[] = [];
    for (const file of catalogue.all()) {
      for (const { path, number, siblings, layout, surveyed } of file.sequences) {
        const digest = `${file.record?.hash ?? path} ${number}`;
        const shown = shownPath(path, params.folders);
        all.push({ path, file: shown, number, siblings, layout, digest, ownLabel: surveyed.label });
      }
    }
    return all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.number - b.number));
  }

  private assignment(source: LabelSource, candidates: readonly Candidate[]): Promise<Assignment> {
    const { params, files, match } = this.parts;
    const tableOf: TableOf = ({ path }) => {
      const folder = folderOf(path, params.folders);
      return folder === undefined ? null : { table: files.tableOf(folder), inside: insidePath(path, folder) };
    };
    return assign(source, candidates, tableOf, match);
  }

  /** As the first file of a set writes them: in its layout's key they have lost their case. */
  private channelNames({ members }: LabelSet): readonly (string | null)[] {
    const [first] = members;
    const sequences = this.parts.catalogue.get(first?.candidate.path ?? '')?.sequences ?? [];
    const sequence = sequences.find(({ number }) => number === first?.candidate.number);
    return sequence?.surveyed.channels.map(({ name }) => name) ?? [];
  }

  private async summary(source: LabelSource, candidates: readonly Candidate[]): Promise<SourceSummary> {
    try {
      const assignment = await this.assignment(source, candidates);
      const survey = surveyLabels(assignment);
      const advised = new Set(usualChoice(survey).map(({ id }) => id));
      const labels = new Set(assignment.labelled.map(({ label, space }) => JSON.stringify([space, label]))).size;
      return {
        source,
        sequences: assignment.labelled.length + assignment.conflicting.length,
        labels,
        sets: survey.sets.map((set) => setSummary(set, advised.has(set.id), this.channelNames(set))),
        leftOut: survey.leftOut.map(({ reason, sequences }) => ({
          reason,
          count: sequences.length,
          examples: sequences.slice(0, mostExamples).map(({ file }) => shortened(file)),
        })),
        preview: previewOf(candidates, assignment),
        problem: survey.sets.some(({ usable }) => usable) ? null : whyUnusable(source, assignment, survey),
      };
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      return { source, sequences: 0, labels: 0, sets: [], leftOut: [], preview: [], problem: problemOf(error) };
    }
  }
}

function setSummary(
  { id, name, members, labels, usable, warnings }: LabelSet,
  advised: boolean,
  channels: readonly (string | null)[],
): LabelSetSummary {
  return {
    id: shortened(id),
    name: shortened(name),
    channels: shownChannels(channels),
    sequences: members.length,
    labelCount: labels.size,
    labels: [...labels].slice(0, mostLabels).map(([label, count]) => ({ label: shortened(label), count })),
    usable,
    advised,
    warnings: [...warnings],
  };
}

function shownChannels(names: readonly (string | null)[]): LabelSetSummary['channels'] {
  const count = names.length;
  if (names.every((name) => name === null)) return { count, names: null };
  const shown = names.slice(0, count > mostChannels ? mostChannels - 1 : mostChannels);
  return { count, names: shown.map((name) => shortened(name ?? '')) };
}

/** Some files, evenly spaced, each with its label. */
function previewOf(candidates: readonly Candidate[], { labelled }: Assignment): SourceSummary['preview'] {
  const labelOf = new Map(labelled.map(({ candidate, label }) => [candidate, label]));
  return evenlySpaced(candidates, mostPreviews).map((candidate) => ({
    file: shortened(candidate.file),
    label: shortenedOrNull(labelOf.get(candidate) ?? null),
  }));
}

function whyUnusable(source: LabelSource, { labelled }: Assignment, { sets }: LabelSurvey): SourceProblem {
  if (labelled.length === 0) {
    switch (source.kind) {
      case 'inside':
        return { kind: 'noneInside' };
      case 'labelsFile':
        return { kind: 'noLabelsFile' };
      case 'folder':
        return { kind: 'noFolders' };
      case 'fileName':
        return { kind: source.pattern === '' ? 'noPattern' : 'noMatch' };
    }
  }
  return { kind: sets.length > 0 ? 'nothingToHoldOut' : 'noTwoLabels' };
}

function problemOf({ kind, reason }: PatternError): SourceProblem {
  switch (kind) {
    case 'tooLong':
      return { kind: 'patternTooLong' };
    case 'tooSlow':
      return { kind: 'patternTooSlow' };
    case 'invalid':
      return { kind: 'patternInvalid', reason };
  }
}
