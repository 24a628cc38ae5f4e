import type { SequenceRef } from '../../../src/protocol/engine';
import { keyOf } from '../../shared/memory';
import type { PanelItem, PanelResults } from '../../../src/protocol/panel';

/** Items that are asked for at once. */
export const pageSize = 50;

/** Pages on their way at once; more would only be out of date when they come. */
const mostAsked = 2;

/** Pages that are kept; those farthest from the ones in sight go first. */
const mostKept = 60;

/** A part of a list, `from` a position. */
export interface PageRequest {
  readonly from: number;
  readonly count: number;
}

/** The parts of one list that have come from the host. */
export class Pages {
  private readonly pages = new Map<number, readonly PanelItem[]>();
  private readonly asked = new Set<number>();
  readonly list: number;
  length: number;

  /**
   * @param before pages of the list that this one replaces, whose items stand in for those that have not come
   * @param shift how much farther down items stand in this one
   */
  constructor(
    { list, length, items }: Pick<PanelResults, 'list' | 'length' | 'items'>,
    private before: Pages | null = null,
    private readonly shift = 0,
  ) {
    if (before !== null) before.before = null;
    this.list = list;
    this.length = length;
    this.keep(0, items);
  }

  /** The item at a position, or `undefined` if it has not come yet. */
  at(position: number): PanelItem | undefined {
    if (position >= this.length) return undefined;
    const page = this.pages.get(Math.floor(position / pageSize));
    return page === undefined ? this.before?.at(position - this.shift) : page[position % pageSize];
  }

  /** Where a sequence stands among the items that have come, or `null`. */
  positionOf(sequence: SequenceRef): number | null {
    const key = keyOf(sequence);
    for (const [page, items] of this.pages) {
      const place = items.findIndex((item) => item.kind === 'match' && keyOf(item.sequence.ref) === key);
      if (place >= 0) return page * pageSize + place;
    }
    return null;
  }

  /** What to ask for so that the positions from `first` to `last` come, the part nearest to their middle first. */
  wanted(first: number, last: number): readonly PageRequest[] {
    const middle = (first + last) / 2 / pageSize - 0.5;
    const missing: number[] = [];
    for (let page = Math.floor(first / pageSize); page * pageSize <= Math.min(last, this.length - 1); page++) {
      if (page >= 0 && !this.asked.has(page) && !this.isComplete(page)) missing.push(page);
    }
    missing.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    const requests = missing.slice(0, Math.max(0, mostAsked - this.asked.size));
    for (const page of requests) this.asked.add(page);
    return requests.map((page) => ({ from: page * pageSize, count: pageSize }));
  }

  /** Takes up a page that has come. */
  receive(from: number, items: readonly PanelItem[], length: number): void {
    this.length = length;
    this.asked.delete(Math.floor(from / pageSize));
    this.keep(from, items);
  }

  private keep(from: number, items: readonly PanelItem[]): void {
    for (let start = 0; start < items.length; start += pageSize) {
      this.pages.set((from + start) / pageSize, items.slice(start, start + pageSize));
    }
    const here = from / pageSize;
    const far = [...this.pages.keys()].sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
    for (const page of far.slice(mostKept)) this.pages.delete(page);
  }

  private isComplete(page: number): boolean {
    const items = this.pages.get(page)?.length ?? 0;
    return items >= Math.min(pageSize, this.length - page * pageSize);
  }
}

/** Whether a list answers the same question in the same way as the one before: it was made again. */
export function isMadeAgain(before: PanelResults, next: PanelResults): boolean {
  const asked = ({ query, set, scope, weights, arrangement }: PanelResults) =>
    JSON.stringify([query.ref, set && refsOf(set), scope, weights, arrangement]);
  return asked(before) === asked(next);
}

function refsOf({ queries, more, less, by }: NonNullable<PanelResults['set']>): unknown {
  return [by, ...[queries, more, less].map((members) => members.map(({ ref }) => ref))];
}

type Match = Extract<PanelItem, { kind: 'match' }>;

/** The matches before and after one, as far as they have come. */
export interface Neighbours {
  readonly previous: Match | null;
  readonly next: Match | null;
}

/** The neighbours of a match in the list, past the heads of groups; `missing` receives a position that has not come. */
export function neighboursOf(pages: Pages, sequence: SequenceRef, missing: (position: number) => void): Neighbours {
  const at = pages.positionOf(sequence);
  if (at === null) return { previous: null, next: null };
  const beside = (step: -1 | 1): Match | null => {
    for (let position = at + step; position >= 0 && position < pages.length; position += step) {
      const item = pages.at(position);
      if (item?.kind === 'match') return item;
      if (item !== undefined) continue;
      missing(position);
      return null;
    }
    return null;
  };
  return { previous: beside(-1), next: beside(1) };
}
