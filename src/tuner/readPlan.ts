import { readFile as readBytes } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { checkNoLeak } from '../core/labels/split';
import { tuningPlan, type PlannedSequence, type PlannedSet, type TuningPlan } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import { atRate } from '../core/recordings/changeRate';
import type { Decisions } from '../core/recordings/reading/decisions';
import { readFile, type FileContent } from '../core/recordings/readFile';
import { UnreadableError } from '../core/recordings/reader';
import { stepsOf as stepsOfWhole } from '../core/recordings/sequence';
import { labelCodes, stepsOf, type PackSequence } from '../core/training/packs/pack';
import { digestOf, withSides } from './packSets';
import { TuningError } from './problems';
import { stageOf, type OnStage } from './stages';
import type { TuningSet } from './tuningSet';

export const planName = 'plan.json';

/** @throws TuningError when the folder holds no plan that can be used */
export async function readPlan(folder: string): Promise<TuningPlan> {
  try {
    return v.parse(tuningPlan, JSON.parse(await readBytes(join(folder, planName), 'utf8')));
  } catch (error) {
    throw new TuningError({ kind: 'planDamaged' }, { cause: error });
  }
}

/** Of longer recordings so many time steps in the middle are used, so that a workspace fits into memory. */
const mostSteps = 32_768;

/** Samples over all recordings: 256 MB. */
const mostSamples = 2 ** 26;

export interface PlannedData {
  readonly sets: readonly TuningSet[];
  /** What was left out, for the report. */
  readonly notes: readonly TuningNote[];
}

interface Taken {
  readonly planned: PlannedSequence;
  readonly channels: readonly Float32Array[];
}

/**
 * Reads the recordings of a plan. What cannot be read any more is left out, and so is a held-out sequence whose values are
 * exactly those of a training sequence.
 *
 * @throws TuningError when there are too many samples for the memory
 */
export async function readPlannedData(
  plan: TuningPlan,
  minimumSteps: number,
  signal: AbortSignal,
  onStage?: OnStage,
): Promise<PlannedData> {
  const counts = { unreadable: 0, copies: 0, cropped: 0, samples: 0 };
  const sets: TuningSet[] = [];
  const filesOfSets = plan.sets.map((set) => byFile(set.sequences));
  const onFile = stageOf(
    'reading',
    filesOfSets.reduce((sum, { size }) => sum + size, 0),
    onStage,
  );
  for (const [i, set] of plan.sets.entries()) {
    const taken: Taken[] = [];
    for (const [path, members] of filesOfSets[i] ?? []) {
      signal.throwIfAborted();
      const content = await contentOf(path, members[0]?.decisions ?? null, plan, minimumSteps);
      for (const planned of members) {
        const sequence = content?.sequences[planned.number] ?? null;
        if (sequence === null) {
          counts.unreadable++;
          continue;
        }
        const compared = atRate(sequence, planned.rate, minimumSteps);
        const one = { planned, channels: compared.channels.map(({ values }) => middleOf(values)) };
        if (stepsOf(one) < stepsOfWhole(compared)) counts.cropped++;
        counts.samples += one.channels.length * stepsOf(one);
        if (counts.samples > mostSamples) throw new TuningError({ kind: 'tooLarge' });
        taken.push(one);
      }
      onFile();
    }
    const sound = withoutCopies(taken);
    counts.copies += taken.length - sound.length;
    const [first, ...others] = sound;
    if (first !== undefined) sets.push(setOf(set, [first, ...others]));
  }
  return { sets, notes: notesOf(counts) };
}

function byFile(sequences: readonly PlannedSequence[]): ReadonlyMap<string, readonly PlannedSequence[]> {
  const files = new Map<string, PlannedSequence[]>();
  for (const planned of sequences) files.set(planned.path, [...(files.get(planned.path) ?? []), planned]);
  return files;
}

async function contentOf(
  path: string,
  decisions: Decisions | null,
  { read }: TuningPlan,
  minimumSteps: number,
): Promise<FileContent | null> {
  const options = decisions === null ? read : { ...read, decisions, arrayAxes: decisions.axes ?? read.arrayAxes };
  try {
    return await readFile(path, options, minimumSteps);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return null;
  }
}

/** A copy, so that the memory of the whole recording is freed. */
function middleOf(values: Float32Array): Float32Array {
  const start = Math.max(Math.floor((values.length - mostSteps) / 2), 0);
  return values.slice(start, start + mostSteps);
}

function withoutCopies(taken: readonly Taken[]): readonly Taken[] {
  const marked = taken.map((one) => ({ one, digest: digestOf(one.channels), trains: one.planned.side === 'train' }));
  const trained = new Set(marked.flatMap(({ digest, trains }) => (trains ? [digest] : [])));
  return marked.flatMap(({ one, digest, trains }) => (trains || !trained.has(digest) ? [one] : []));
}

function setOf({ name }: PlannedSet, taken: readonly [Taken, ...Taken[]]): TuningSet {
  const planned = taken.map((item) => item.planned);
  const sides = planned.map(({ side }) => side);
  checkNoLeak(
    planned.map(({ group, digest, file, path, number, label }) => ({
      candidate: { digest, file, path, number, siblings: 1, layout: '', ownLabel: null },
      group,
      label,
      space: '',
    })),
    sides,
  );
  const { values, codeOf } = labelCodes(planned.map(({ label }) => label));
  const sequences = taken.map(({ planned: { label: name }, channels }): PackSequence => {
    const label = codeOf(name);
    return { channels, label, columns: { label } };
  });
  const channels = taken[0].channels.length;
  const pack = { name, domain: null, channels, sequences, columnValues: { label: values }, excludeBy: null };
  return {
    pack: withSides(pack, sides),
    names: planned.map(({ path, number, file, label }) => ({ path, number, file, label })),
  };
}

function notesOf({
  unreadable,
  copies,
  cropped,
}: Readonly<Record<'unreadable' | 'copies' | 'cropped', number>>): readonly TuningNote[] {
  const notes: readonly (TuningNote & { readonly sequences: number })[] = [
    { kind: 'unreadable', sequences: unreadable },
    { kind: 'copies', sequences: copies },
    { kind: 'cropped', sequences: cropped, timeSteps: mostSteps },
  ];
  return notes.filter(({ sequences }) => sequences > 0);
}
