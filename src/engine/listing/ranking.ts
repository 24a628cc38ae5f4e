import type { Arrangement, Match, SequenceSummary } from '../../protocol/engine';
import type { Galleries, ItemSet, RankedKey, ScoredKey } from '../../core/ranking/galleries';
import type { GallerySink } from '../gallerySink';
import { pathOfKey } from '../paths';
import type { Searching } from '../searching';
import type { WorkspaceFiles } from '../workspaceFiles';
import { predicateOf } from './filter';
import { grouped, type Line } from './grouping';
import { Latest } from './latest';
import { queriesOf, wantedOf, type FoundSet, type RankedQuestion } from './question';
import { sorted, type Row } from './sorting';

export interface RankingParts {
  readonly searching: Searching;
  readonly files: WorkspaceFiles;
  readonly sink: GallerySink;
  readonly galleries: Galleries;
}

/** What is to be shown of a ranking. */
export interface ArrangedList {
  readonly lines: readonly Line[];
  /** More than `lines` where only the nearest were asked for. */
  readonly length: number;
  readonly matching: number;
  readonly nearest: number;
  readonly farthest: number;
  readonly labelled: boolean;
}

/** Arrangements of one ranking that are kept: the one that is scrolled through, and the one before it. */
const keptLists = 2;

/** Matches at the head of a ranking that decide whether it shows labels. */
const head = 50;

/** Everything that can be compared with a query, nearest first, as it was when that was asked. */
export class Ranking {
  private ranked: readonly Row[] | null = null;
  private readonly lists = new Latest<ArrangedList>(keptLists);

  constructor(
    private readonly parts: RankingParts,
    readonly question: RankedQuestion,
  ) {}

  /** Ranks what has not been ranked yet. */
  complete(): void {
    this.ranked ??= this.rank();
  }

  /** The list in an arrangement. */
  arranged(arrangement: Arrangement): ArrangedList {
    const key = JSON.stringify([arrangement, this.parts.files.labelChanges]);
    const list = this.lists.get(key) ?? this.arrange(arrangement);
    this.lists.set(key, list);
    return list;
  }

  /** The first matches, for which the others need not be ranked. */
  nearestFirst(count: number, candidates: number): ArrangedList {
    const { query, scope, weights } = this.question;
    const { galleries } = this.parts;
    const [keys, farthest] =
      scope === 'layout'
        ? [
            galleries.nearestInLayout(query.item, count, weights ?? undefined),
            galleries.reachInLayout(query.item, weights ?? undefined),
          ]
        : [galleries.nearestOfAll(query.item, count), galleries.reachOfAll(query.item)];
    const rows = this.rowsOf(keys);
    return {
      ...this.figures(rows),
      lines: grouped(rows, 'none', []),
      length: candidates,
      matching: candidates,
      farthest: Math.max(farthest, rows.at(-1)?.distance ?? 0),
    };
  }

  private arrange({ filter, sorting, grouping, collapsed }: Arrangement): ArrangedList {
    const rows = (this.ranked ??= this.rank());
    const passes = predicateOf(filter);
    const passing = passes === null ? rows : rows.filter(({ sequence, distance }) => passes(sequence, distance));
    const lines = grouped(sorted(passing, sorting), grouping, collapsed);
    return {
      ...this.figures(rows),
      lines,
      length: lines.length,
      matching: passing.length,
      farthest: rows.at(-1)?.distance ?? 0,
    };
  }

  private rank(): readonly Row[] {
    const { query, set, scope, weights } = this.question;
    const { galleries } = this.parts;
    if (set !== null) {
      const items = itemsOf(this.question, set);
      return this.rowsOf(
        scope === 'layout'
          ? galleries.setRankingInLayout(items, weights ?? undefined)
          : galleries.setRankingOfAll(items),
      );
    }
    return this.rowsOf(
      scope === 'layout'
        ? galleries.rankingInLayout(query.item, weights ?? undefined)
        : galleries.rankingOfAll(query.item),
    );
  }

  private rowsOf(ranked: readonly (RankedKey & Partial<ScoredKey>)[]): readonly Row[] {
    const { searching, sink, files } = this.parts;
    return ranked.map(({ key, distance, nearest }, index) => {
      const findable = sink.get(key);
      if (findable === undefined) throw new Error(`${pathOfKey(key)} is ranked but not in the index`);
      return new RankedRow(
        key,
        index + 1,
        distance,
        nearest,
        () => searching.summary(findable),
        () => files.labelChanges,
      );
    });
  }

  private figures(rows: readonly Row[]): Pick<ArrangedList, 'nearest' | 'labelled'> {
    const { files, searching } = this.parts;
    const { findable } = this.question.query;
    const labels = [searching.summary(findable), ...rows.slice(0, head).map(({ sequence }) => sequence)];
    return {
      nearest: rows.find(({ distance }) => distance > 0)?.distance ?? 0,
      labelled: files.hasLabels || labels.some(({ label }) => label !== null),
    };
  }
}

function itemsOf(question: RankedQuestion, { less, by }: FoundSet): ItemSet {
  return {
    wanted: wantedOf(question).map(({ item }) => item),
    unwanted: less.map(({ item }) => item),
    by,
    without: queriesOf(question).map(({ item }) => item.key),
  };
}

/** Whether a list in this arrangement begins with the nearest matches, whatever they are. */
export function isPlain({ filter, sorting, grouping }: Arrangement): boolean {
  return predicateOf(filter) === null && sorting.key === 'distance' && !sorting.descending && grouping === 'none';
}

/** Summaries of a hundred thousand sequences take longer than ranking them, and few are looked at. Labels are as they are now. */
class RankedRow implements Row {
  private summary: SequenceSummary | null = null;
  private asOf = 0;

  constructor(
    readonly key: string,
    readonly rank: number,
    readonly distance: number,
    readonly nearest: Match['nearest'],
    private readonly summarise: () => SequenceSummary,
    private readonly labelChanges: () => number,
  ) {}

  get sequence(): SequenceSummary {
    const now = this.labelChanges();
    if (this.summary === null || this.asOf !== now) [this.summary, this.asOf] = [this.summarise(), now];
    return this.summary;
  }
}
