import type { Candidate, Labelled } from '../../../../src/core/labels/candidate';

/** A sequence that is alone in its file, and no copy of another. */
export function candidate(file: string, more: Partial<Candidate> = {}): Candidate {
  const own = { path: `/w/${file}`, file, number: 0, siblings: 1, layout: '1', ownLabel: null };
  return { ...own, digest: `${file} ${more.number ?? 0}`, ...more };
}

export function labelled(file: string, label: string, group: string | null = null, digest = file): Labelled {
  return { candidate: candidate(file, { digest }), label, group, space: '' };
}
