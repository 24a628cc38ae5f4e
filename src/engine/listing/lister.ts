import { randomUUID } from 'node:crypto';
import type {
  FacetParams,
  Facets,
  IndexStatus,
  LayoutSummary,
  Listing,
  ListItem,
  LabelledParams,
  ListParams,
  RankParams,
  SequenceRef,
  SequenceSummary,
  ShownSet,
} from '../../protocol/engine';
import type { Galleries } from '../../core/ranking/galleries';
import type { GallerySink } from '../gallerySink';
import { sequenceKey } from '../paths';
import { RequestError } from '../requestError';
import type { Query, Searching } from '../searching';
import type { WorkspaceFiles } from '../workspaceFiles';
import { countValues } from './counting';
import { keyOfLabel, labelCounts, labelIn } from './labelCounts';
import type { Line } from './grouping';
import { Latest } from './latest';
import { queriesOf, questionOf, type RankedQuestion } from './question';
import { isPlain, Ranking } from './ranking';

export interface ListerParts {
  readonly searching: Searching;
  readonly files: WorkspaceFiles;
  readonly sink: GallerySink;
  readonly galleries: Galleries;
  readonly status: () => IndexStatus;
}

/** Rankings that are kept: each open panel scrolls through one. */
const keptRankings = 4;

/** Values of a facet that can be chosen from; the most frequent come first. */
const mostValues = 500;

/**
 * Ranks, filters, sorts and groups, and hands the result out part by part. A ranking stays as it was made for as long as
 * it is kept, so that nothing moves while somebody scrolls through it.
 */
export class Lister {
  private readonly rankings = new Latest<Ranking>(keptRankings);

  constructor(private readonly parts: ListerParts) {}

  /** Makes a ranking. @throws UnreadableError, RequestError */
  async rank(params: RankParams, signal: AbortSignal): Promise<Listing> {
    const { arrangement, from, count, find } = params;
    const question = await questionOf(this.parts.searching, params, signal);
    this.parts.searching.prefer(question.query);
    const ranking = new Ranking(this.parts, question);
    const id = randomUUID();
    this.rankings.set(id, ranking);
    if (question.set !== null || from > 0 || this.counts(ranking).candidates <= count || !isPlain(arrangement)) {
      return this.part(id, ranking, params);
    }
    const nearest = ranking.nearestFirst(count, this.counts(ranking).candidates);
    if (find !== undefined && placeOf(find, nearest.lines) === null) return this.part(id, ranking, params);
    // The rest is ranked once the answer is on its way: the first matches need not wait for it.
    setImmediate(() => {
      ranking.complete();
    });
    return this.part(id, ranking, params, nearest);
  }

  /** A part of a ranking that was made before. @throws RequestError `gone` */
  list(params: ListParams): Listing {
    const ranking = this.rankings.get(params.ranking);
    if (ranking === undefined) {
      throw new RequestError('This list is out of date. Search again.', { kind: 'gone' });
    }
    return this.part(params.ranking, ranking, params);
  }

  /** What a ranking lists, which is made if it is not kept. @throws UnreadableError, RequestError */
  async listOrRank(params: RankParams, ranking: string | null, signal: AbortSignal): Promise<Listing> {
    const isKept = ranking !== null && this.rankings.get(ranking) !== undefined;
    return isKept ? this.list({ ...params, ranking }) : this.rank(params, signal);
  }

  /** What the candidates of a query can be filtered by. @throws UnreadableError, RequestError */
  async facets(params: FacetParams, signal: AbortSignal): Promise<Facets> {
    const question = await questionOf(this.parts.searching, { ...params, weights: null }, signal);
    const queries = new Set(queriesOf(question).map(({ item }) => item.key));
    const { layout } = question.query.item;
    const candidates = [...this.parts.sink.all()]
      .filter(({ sequence }) => question.scope === 'all' || sequence.layout === layout)
      .filter(({ sequence }) => !queries.has(sequenceKey(sequence.path, sequence.number)))
      .map((findable) => this.parts.searching.summary(findable));
    return {
      labels: countValues(candidates.map(({ label }) => label)).slice(0, mostValues),
      formats: countValues(candidates.map(({ format }) => format)).slice(0, mostValues),
    };
  }

  /** What the index holds, the largest layout first. */
  layouts(): readonly LayoutSummary[] {
    const layouts = new Map<string, [SequenceSummary, ...SequenceSummary[]]>();
    for (const findable of this.parts.sink.all()) {
      const { layout } = findable.sequence;
      const summary = this.parts.searching.summary(findable);
      const members = layouts.get(layout);
      if (members === undefined) layouts.set(layout, [summary]);
      else members.push(summary);
    }
    return [...layouts.values()]
      .map((members) => ({
        member: members[0].ref,
        channels: members[0].channels,
        sequences: members.length,
        labels: labelCounts(members),
      }))
      .sort((a, b) => b.sequences - a.sequences);
  }

  /** The sequences of a layout that have a label, by their files and numbers. */
  labelled({ layoutOf: { path, number }, label }: LabelledParams): readonly SequenceSummary[] {
    const layout = this.parts.sink.get(sequenceKey(path, number))?.sequence.layout;
    const wanted = keyOfLabel(label);
    return [...this.parts.sink.all()]
      .filter(({ sequence }) => sequence.layout === layout)
      .map((findable) => this.parts.searching.summary(findable))
      .filter((summary) => keyOfLabel(labelIn(summary)) === wanted)
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.ref.number - b.ref.number))
      .slice(0, mostValues);
  }

  private part(
    id: string,
    ranking: Ranking,
    { arrangement, from, count, find }: Omit<ListParams, 'ranking'>,
    list = ranking.arranged(arrangement),
  ): Listing {
    const { query, scope, weights } = ranking.question;
    const { lines, ...figures } = list;
    return {
      ranking: id,
      query: this.parts.searching.summary(query.findable),
      set: this.shownSet(ranking.question),
      scope,
      weights,
      from,
      items: lines.slice(from, from + count).map(itemOf),
      ...(find === undefined ? {} : { found: placeOf(find, lines) }),
      ...figures,
      ...this.counts(ranking),
      index: this.parts.status(),
    };
  }

  private shownSet({ set, mixed }: RankedQuestion): ShownSet | null {
    if (set === null) return null;
    const summaries = (of: readonly Query[]) => of.map(({ findable }) => this.parts.searching.summary(findable));
    return { queries: summaries(set.queries), more: summaries(set.more), less: summaries(set.less), by: set.by, mixed };
  }

  private counts({ question }: Ranking): Pick<Listing, 'candidates' | 'elsewhere'> {
    const { galleries, sink } = this.parts;
    const { layout } = question.query.item;
    const known = new Map(queriesOf(question).map(({ item }) => [item.key, item.layout]));
    const own = [...known].filter(([key]) => sink.get(key) !== undefined);
    const inLayout = galleries.sizeOf(layout) - own.filter(([, of]) => of === layout).length;
    const all = galleries.size - own.length;
    return { candidates: question.scope === 'layout' ? inLayout : all, elsewhere: all - inLayout };
  }
}

/** The position of a sequence in a list, or `null`. */
function placeOf({ path, number }: SequenceRef, lines: readonly Line[]): number | null {
  const key = sequenceKey(path, number);
  const place = lines.findIndex((line) => line.kind === 'row' && line.row.key === key);
  return place < 0 ? null : place;
}

function itemOf(line: Line): ListItem {
  if (line.kind === 'group') return line;
  const { rank, distance, sequence, nearest } = line.row;
  return { kind: 'match', rank, distance, sequence, ...(nearest === undefined ? {} : { nearest }) };
}
