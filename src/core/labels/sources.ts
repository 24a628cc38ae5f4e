import { posix } from 'node:path';
import type { Candidate, Labelled } from './candidate';
import type { LabelSource } from './labelSource';
import type { LabelTable } from './labelTable';
import type { PatternMatch } from './pattern';

/** What a source says of all candidates. */
export interface Assignment {
  readonly labelled: readonly Labelled[];
  /** Candidates that the source contradicts itself about. */
  readonly conflicting: readonly Candidate[];
}

/** Finds the table of labels that holds for a candidate. */
export type TableOf = (candidate: Candidate) => { readonly table: LabelTable; readonly inside: string } | null;

/** Applies a regular expression of the user, as `matchPattern` does, wherever that may take its time. */
export type Matching = (pattern: string, files: readonly string[]) => Promise<readonly (PatternMatch | null)[]>;

/** @throws PatternError */
export async function assign(
  source: LabelSource,
  candidates: readonly Candidate[],
  tableOf: TableOf,
  match: Matching,
): Promise<Assignment> {
  switch (source.kind) {
    case 'inside':
      return { labelled: candidates.flatMap(ownLabel), conflicting: [] };
    case 'labelsFile':
      return fromTable(candidates, tableOf);
    case 'folder':
      return { labelled: candidates.flatMap(folderLabel), conflicting: [] };
    case 'fileName': {
      const matches = await match(
        source.pattern,
        candidates.map(({ file }) => file),
      );
      const labelled = candidates.flatMap((candidate, i): Labelled[] => {
        const match = matches[i];
        return match ? [{ candidate, label: match.label, group: match.group ?? ownGroup(candidate), space: '' }] : [];
      });
      return { labelled, conflicting: [] };
    }
  }
}

/** An archive is a space of its own, but its two halves, `NAME_TRAIN` and `NAME_TEST`, are one. */
function ownLabel(candidate: Candidate): Labelled[] {
  if (candidate.ownLabel === null) return [];
  const space = candidate.siblings > 1 ? candidate.path.replace(/_(train|test)(?=\.\w+$)/i, '') : '';
  return [{ candidate, label: candidate.ownLabel, group: null, space }];
}

function fromTable(candidates: readonly Candidate[], tableOf: TableOf): Assignment {
  const labelled: Labelled[] = [];
  const conflicting: Candidate[] = [];
  for (const candidate of candidates) {
    const where = tableOf(candidate);
    const found = where?.table.find(where.inside, candidate.number);
    if (!found) continue;
    if (found.conflicts.length > 0) conflicting.push(candidate);
    else {
      const group = found.group ?? (found.ofSequence ? null : ownGroup(candidate));
      labelled.push({ candidate, label: found.label, group, space: '' });
    }
  }
  return { labelled, conflicting };
}

function folderLabel(candidate: Candidate): Labelled[] {
  const label = posix.basename(posix.dirname(candidate.file));
  return label === '' || label === '.' ? [] : [{ candidate, label, group: ownGroup(candidate), space: '' }];
}

/** Several sequences of a file with one label are most likely parts of one recording. */
function ownGroup({ siblings, path }: Candidate): string | null {
  return siblings > 1 ? path : null;
}
