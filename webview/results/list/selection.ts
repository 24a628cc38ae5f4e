/** Positions of a list, from the first to the last of each part, in order, with a gap between any two. */
export type Parts = readonly (readonly [number, number])[];

/** Which positions of a list are selected. Parts, because a list of many thousands may be selected whole. */
export interface Selection {
  readonly parts: Parts;
  /** Where a selection by Shift begins. */
  readonly anchor: number | null;
}

export const nothingSelected: Selection = { parts: [], anchor: null };

export function isSelected({ parts }: Selection, position: number): boolean {
  return parts.some(([first, last]) => position >= first && position <= last);
}

/** How many positions are selected. */
export function countSelected({ parts }: Selection): number {
  return parts.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The selected positions, at most `most` of them. */
export function selectedPositions({ parts }: Selection, most: number): readonly number[] {
  const positions: number[] = [];
  for (const [first, last] of parts) {
    for (let at = first; at <= last && positions.length < most; at++) positions.push(at);
  }
  return positions;
}

/** With a position selected that was not, or the other way round; a later selection by Shift begins there. */
export function toggled(selection: Selection, position: number): Selection {
  const parts = isSelected(selection, position)
    ? selection.parts.flatMap((part) => without(part, position))
    : joined([...selection.parts, [position, position]]);
  return { parts, anchor: position };
}

/** What lies between the anchor (or `from`, where there is none) and `to` is selected, and nothing else. */
export function extended({ anchor }: Selection, from: number, to: number): Selection {
  const start = anchor ?? from;
  return { parts: [[Math.min(start, to), Math.max(start, to)]], anchor: start };
}

/** All of a list of `length` positions. */
export function allSelected(length: number): Selection {
  return { parts: length === 0 ? [] : [[0, length - 1]], anchor: null };
}

function without([first, last]: Parts[number], position: number): Parts {
  if (position < first || position > last) return [[first, last]];
  const left: Parts = position > first ? [[first, position - 1]] : [];
  const right: Parts = position < last ? [[position + 1, last]] : [];
  return [...left, ...right];
}

function joined(parts: Parts): Parts {
  const result: [number, number][] = [];
  for (const [first, last] of [...parts].sort((a, b) => a[0] - b[0])) {
    const before = result.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}
