import type {
  Arrangement,
  Facets,
  IndexStatus,
  LayoutSummary,
  Listing,
  ListItem,
  ListParams,
  Scope,
  SequenceRef,
  SequenceSummary,
} from '../../protocol/engine';
import type { Galleries, RankedKey } from '../../core/ranking/galleries';
import type { Weights } from '../../core/ranking/gallery';
import type { Findable, GallerySink } from '../gallerySink';
import { pathOfKey, sequenceKey } from '../paths';
import type { Query, Searching } from '../searching';
import type { WorkspaceFiles } from '../workspaceFiles';
import { countValues } from './counting';
import { predicateOf } from './filter';
import { grouped, type Line } from './grouping';
import { Latest } from './latest';
import { sorted, type Row } from './sorting';

export interface ListerParts {
  readonly searching: Searching;
  readonly files: WorkspaceFiles;
  readonly sink: GallerySink;
  readonly galleries: Galleries;
  readonly status: () => IndexStatus;
}

/** Lists that are kept: each open panel scrolls through one. */
const keptLists = 4;

/** Matches at the head of a ranking that decide whether it shows labels. */
const head = 50;

/** What was ranked, nearest first, and what is to be shown of it. */
interface List {
  readonly lines: readonly Line[];
  /** More than `lines` where only the nearest were asked for. */
  readonly length: number;
  readonly matches: number;
  readonly nearest: number;
  readonly farthest: number;
  readonly labelled: boolean;
}

interface Question {
  readonly query: Query;
  readonly scope: Scope;
  readonly weights: Weights | null;
}

/**
 * Ranks, filters, sorts and groups, and hands the result out part by part. A list stays as it was made until a fresh one
 * is asked for, so that nothing moves while somebody scrolls through it.
 */
export class Lister {
  private readonly rankings = new Latest<readonly Row[]>(keptLists);
  private readonly lists = new Latest<List>(keptLists);

  constructor(private readonly parts: ListerParts) {}

  /** @throws UnreadableError */
  async list(params: ListParams, signal: AbortSignal): Promise<Listing> {
    const { scope, arrangement, from, count, fresh } = params;
    const found = await this.parts.searching.queryOf(params.query, signal);
    // A copy, since the view of the gallery does not outlast its next change.
    const query = { ...found, item: { ...found.item, values: found.item.values.slice() } };
    const question = { query, scope, weights: usableWeights(params, query.item.channels) };
    const known = fresh ? undefined : this.lists.get(keyOf(params, arrangement));
    const list = known ?? this.make(params, question);
    const { candidates, elsewhere } = this.counts(question);
    return {
      query: this.parts.searching.summary(query.findable),
      scope,
      weights: question.weights,
      from,
      items: list.lines.slice(from, from + count).map(itemOf),
      length: list.length,
      matches: list.matches,
      candidates,
      elsewhere,
      labelled: list.labelled,
      nearest: list.nearest,
      farthest: list.farthest,
      index: this.parts.status(),
    };
  }

  /** What the candidates of a query can be filtered by. @throws UnreadableError */
  async facets(ref: SequenceRef, scope: Scope, signal: AbortSignal): Promise<Facets> {
    const { item } = await this.parts.searching.queryOf(ref, signal);
    const candidates = [...this.parts.sink.all()]
      .filter(({ sequence }) => scope === 'all' || sequence.layout === item.layout)
      .filter(({ sequence }) => sequenceKey(sequence.path, sequence.number) !== item.key)
      .map((findable) => this.parts.searching.summary(findable));
    return {
      labels: countValues(candidates.map(({ label }) => label)),
      formats: countValues(candidates.map(({ format }) => format)),
    };
  }

  /** What the index holds, the largest layout first. */
  layouts(): readonly LayoutSummary[] {
    const layouts = new Map<string, SequenceSummary[]>();
    for (const findable of this.parts.sink.all()) {
      const { layout } = findable.sequence;
      const summary = this.parts.searching.summary(findable);
      const members = layouts.get(layout);
      if (members === undefined) layouts.set(layout, [summary]);
      else members.push(summary);
    }
    return [...layouts.values()]
      .map((members) => ({
        channels: members[0]?.channels ?? [],
        sequences: members.length,
        labels: countValues(members.map(({ label }) => label)),
      }))
      .sort((a, b) => b.sequences - a.sequences);
  }

  private make(params: ListParams, question: Question): List {
    const { arrangement, count, from, fresh } = params;
    const { candidates } = this.counts(question);
    if (!fresh || from > 0 || candidates <= count || !isPlain(arrangement)) return this.arrange(params, question);
    // The rest is ranked once the answer is on its way: the first matches need not wait for it.
    setImmediate(() => {
      this.arrange(params, question);
    });
    return this.nearestFirst(question, count);
  }

  private nearestFirst(question: Question, count: number): List {
    const { query, scope, weights } = question;
    const { galleries } = this.parts;
    const [keys, farthest] =
      scope === 'layout'
        ? [
            galleries.nearestInLayout(query.item, count, weights ?? undefined),
            galleries.reachInLayout(query.item, weights ?? undefined),
          ]
        : [galleries.nearestOfAll(query.item, count), galleries.reachOfAll(query.item)];
    const rows = this.rowsOf(keys);
    const { candidates } = this.counts(question);
    return {
      ...this.figures(query, rows),
      lines: grouped(rows, 'none', []),
      length: candidates,
      matches: candidates,
      farthest: Math.max(farthest, rows.at(-1)?.distance ?? 0),
    };
  }

  private arrange(params: ListParams, question: Question): List {
    const { arrangement, fresh } = params;
    const { filter, sorting, grouping, collapsed } = arrangement;
    const key = keyOf(params);
    const known = fresh ? undefined : this.rankings.get(key);
    const rows = known ?? this.rank(question);
    this.rankings.set(key, rows);
    const passes = predicateOf(filter);
    const passing = passes === null ? rows : rows.filter(({ sequence, distance }) => passes(sequence, distance));
    const lines = grouped(sorted(passing, sorting), grouping, collapsed);
    const list = {
      ...this.figures(question.query, rows),
      lines,
      length: lines.length,
      matches: passing.length,
      farthest: rows.at(-1)?.distance ?? 0,
    };
    this.lists.set(keyOf(params, arrangement), list);
    return list;
  }

  private rank({ query, scope, weights }: Question): readonly Row[] {
    const { galleries } = this.parts;
    return this.rowsOf(
      scope === 'layout'
        ? galleries.rankingInLayout(query.item, weights ?? undefined)
        : galleries.rankingOfAll(query.item),
    );
  }

  private rowsOf(ranked: readonly RankedKey[]): readonly Row[] {
    const { searching, sink } = this.parts;
    return ranked.map(({ key, distance }, index) => {
      const findable = sink.get(key);
      if (findable === undefined) throw new Error(`${pathOfKey(key)} is ranked but not in the index`);
      return new RankedRow(index + 1, distance, findable, (each) => searching.summary(each));
    });
  }

  private figures(query: Query, rows: readonly Row[]): Pick<List, 'nearest' | 'labelled'> {
    const { files, searching } = this.parts;
    const labels = [searching.summary(query.findable), ...rows.slice(0, head).map(({ sequence }) => sequence)];
    return {
      nearest: rows.find(({ distance }) => distance > 0)?.distance ?? 0,
      labelled: files.hasLabels || labels.some(({ label }) => label !== null),
    };
  }

  private counts({ query, scope }: Question): { readonly candidates: number; readonly elsewhere: number } {
    const { galleries, sink } = this.parts;
    const own = sink.get(query.item.key) === undefined ? 0 : 1;
    const inLayout = galleries.sizeOf(query.item.layout) - own;
    const all = galleries.size - own;
    return { candidates: scope === 'layout' ? inLayout : all, elsewhere: all - inLayout };
  }
}

/** Summaries of a hundred thousand sequences take longer than ranking them, and few are looked at. */
class RankedRow implements Row {
  private summary: SequenceSummary | null = null;

  constructor(
    readonly rank: number,
    readonly distance: number,
    private readonly findable: Findable,
    private readonly summarise: (findable: Findable) => SequenceSummary,
  ) {}

  get sequence(): SequenceSummary {
    return (this.summary ??= this.summarise(this.findable));
  }
}

/** Equal for the same list of the same ranking; without an arrangement, for the same ranking. */
function keyOf({ query, scope, weights }: ListParams, arrangement?: Arrangement): string {
  return JSON.stringify([query.path, query.number, scope, weights, arrangement]);
}

function isPlain({ filter, sorting, grouping }: Arrangement): boolean {
  return predicateOf(filter) === null && sorting.key === 'distance' && !sorting.descending && grouping === 'none';
}

function usableWeights({ scope, weights }: ListParams, channels: number): Weights | null {
  if (scope === 'all' || weights?.length !== channels) return null;
  const fit = weights.every((weight) => Number.isFinite(weight) && weight >= 0) && weights.some((weight) => weight > 0);
  const equal = weights.every((weight) => weight === weights[0]);
  return fit && !equal ? weights : null;
}

function itemOf(line: Line): ListItem {
  if (line.kind === 'group') return line;
  const { rank, distance, sequence } = line.row;
  return { kind: 'match', rank, distance, sequence };
}
