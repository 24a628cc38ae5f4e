import type { Candidate, Labelled } from './candidate';
import type { Assignment } from './sources';
import { largest } from '../recordings/extremes';

/** Labelled sequences that can be compared with one another: of one layout, and of one space of labels. */
export interface LabelSet {
  /** Stable as long as the workspace holds the same files. */
  readonly id: string;
  /** The file or the innermost folder that all its sequences come from. */
  readonly name: string;
  readonly layout: string;
  readonly members: readonly Labelled[];
  /** How many members each label has, most frequent first. */
  readonly labels: ReadonlyMap<string, number>;
  /** Whether it has what a training needs: two labels, and three sequences of one of them. */
  readonly usable: boolean;
  /** What a user should know before training on it. */
  readonly warnings: readonly LabelWarning[];
}

/** `maybeNames`: so many labels for so many sequences that they may be names. */
export type LabelWarning =
  | { readonly kind: 'maybeNames'; readonly labels: number; readonly sequences: number }
  | { readonly kind: 'nothingToHoldOut' };

/**
 * Why sequences are not used. `conflict`: two lines of `labels.csv` give them different labels; `copies`: copies of them
 * have other labels; `single`: no other sequence with the same channels has their label; `alike`: all sequences with their
 * channels have the same label.
 */
export type LeftOutReason = 'conflict' | 'copies' | 'single' | 'alike';

/** Sequences that are not used, and why. */
export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly sequences: readonly Candidate[];
}

export interface LabelSurvey {
  /** Largest first. */
  readonly sets: readonly LabelSet[];
  readonly leftOut: readonly LeftOut[];
}

/** The fewest sequences of a label of which one can be held out while two remain to be brought together. */
export const fewestToHoldOut = 3;

/** Sorts what a source says into sets, and sorts out what no training can use. */
export function surveyLabels({ labelled, conflicting }: Assignment): LabelSurvey {
  const copies = contradictingCopies(labelled);
  const sound = labelled.filter(({ candidate, space }) => !copies.has(keyOfCopy(space, candidate)));
  const bySet = new Map<string, Several>();
  for (const member of sound) {
    const id = JSON.stringify([member.space, member.candidate.layout]);
    const members = bySet.get(id);
    if (members === undefined) bySet.set(id, [member]);
    else members.push(member);
  }
  const sets: LabelSet[] = [];
  const single: Candidate[] = [];
  const lone: Candidate[] = [];
  for (const [id, members] of bySet) {
    const [set, dropped] = setOf(id, members);
    const isLone = set.labels.size === 1 && dropped.length === 0;
    if (set.usable || set.labels.size > 1) {
      sets.push(set);
      for (const candidate of dropped) single.push(candidate);
    } else for (const { candidate } of members) (isLone ? lone : single).push(candidate);
  }
  sets.sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
  const inCopies = labelled.filter(({ candidate, space }) => copies.has(keyOfCopy(space, candidate)));
  const leftOut: LeftOut[] = [
    { reason: 'conflict', sequences: conflicting },
    { reason: 'copies', sequences: inCopies.map(({ candidate }) => candidate) },
    { reason: 'single', sequences: single },
    { reason: 'alike', sequences: lone },
  ];
  return { sets, leftOut: leftOut.filter(({ sequences }) => sequences.length > 0) };
}

type Several = [Labelled, ...Labelled[]];

/** The set without labels that a single sequence has, and the sequences of those. */
function setOf(id: string, members: Readonly<Several>): readonly [LabelSet, readonly Candidate[]] {
  const counts = new Map<string, number>();
  for (const { label } of members) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = new Map([...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1]));
  const kept = members.filter(({ label }) => labels.has(label));
  const dropped = members.filter(({ label }) => !labels.has(label)).map(({ candidate }) => candidate);
  const most = largest(labels.values(), 0);
  const warnings: LabelWarning[] = [];
  if (2 * counts.size > members.length) {
    warnings.push({ kind: 'maybeNames', labels: counts.size, sequences: members.length });
  }
  if (labels.size > 1 && most < fewestToHoldOut) warnings.push({ kind: 'nothingToHoldOut' });
  const usable = labels.size > 1 && most >= fewestToHoldOut;
  const name = commonName((kept.length > 0 ? kept : members).map(({ candidate }) => candidate.file));
  return [{ id, name, layout: members[0].candidate.layout, members: kept, labels, usable, warnings }, dropped];
}

function keyOfCopy(space: string, { digest, layout }: Candidate): string {
  return JSON.stringify([space, layout, digest]);
}

/** The digests of sequences whose copies have other labels in the same space. */
function contradictingCopies(labelled: readonly Labelled[]): ReadonlySet<string> {
  const labelOf = new Map<string, string>();
  const contradicting = new Set<string>();
  for (const { candidate, label, space } of labelled) {
    const key = keyOfCopy(space, candidate);
    const known = labelOf.get(key);
    if (known !== undefined && known !== label) contradicting.add(key);
    labelOf.set(key, label);
  }
  return contradicting;
}

/** The file, or the innermost folder that all files lie in; empty for the workspace folder itself. */
function commonName(files: readonly string[]): string {
  const [first = '', ...others] = new Set(files);
  if (others.length === 0) return first;
  let common = first.split('/').slice(0, -1);
  for (const file of others) {
    const parts = file.split('/').slice(0, -1);
    const same = common.findIndex((part, i) => parts[i] !== part);
    if (same >= 0) common = common.slice(0, same);
  }
  return common.join('/');
}

/**
 * The sets to train on unless the user chooses: the largest usable one, and those that share a label with it in the same
 * space.
 */
export function usualChoice({ sets }: LabelSurvey): readonly LabelSet[] {
  const usable = sets.filter((set) => set.usable);
  const largest = usable[0];
  if (largest === undefined) return [];
  const space = largest.members[0]?.space;
  return usable.filter(
    ({ members, labels }) =>
      members[0]?.space === space && [...labels.keys()].some((label) => largest.labels.has(label)),
  );
}
