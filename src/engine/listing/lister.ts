import { randomUUID } from 'node:crypto';
import type {
  FacetParams,
  Facets,
  IndexStatus,
  LayoutSummary,
  Listing,
  ListItem,
  ListParams,
  RankParams,
  SequenceSummary,
} from '../../protocol/engine';
import type { Galleries } from '../../core/ranking/galleries';
import type { Weights } from '../../core/ranking/gallery';
import type { GallerySink } from '../gallerySink';
import { sequenceKey } from '../paths';
import { RequestError } from '../requestError';
import type { Searching } from '../searching';
import type { WorkspaceFiles } from '../workspaceFiles';
import { countValues } from './counting';
import type { Line } from './grouping';
import { Latest } from './latest';
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
    const { scope, arrangement, from, count } = params;
    const query = await this.parts.searching.queryOf(params.query, signal);
    const ranking = new Ranking(this.parts, { query, scope, weights: usableWeights(params, query.item.channels) });
    const id = randomUUID();
    this.rankings.set(id, ranking);
    if (from > 0 || this.counts(ranking).candidates <= count || !isPlain(arrangement)) {
      return this.part(id, ranking, params);
    }
    // The rest is ranked once the answer is on its way: the first matches need not wait for it.
    setImmediate(() => {
      ranking.complete();
    });
    return this.part(id, ranking, params, ranking.nearestFirst(count, this.counts(ranking).candidates));
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
  async facets({ query, scope }: FacetParams, signal: AbortSignal): Promise<Facets> {
    const { item } = await this.parts.searching.queryOf(query, signal);
    const candidates = [...this.parts.sink.all()]
      .filter(({ sequence }) => scope === 'all' || sequence.layout === item.layout)
      .filter(({ sequence }) => sequenceKey(sequence.path, sequence.number) !== item.key)
      .map((findable) => this.parts.searching.summary(findable));
    return {
      labels: countValues(candidates.map(({ label }) => label)).slice(0, mostValues),
      formats: countValues(candidates.map(({ format }) => format)).slice(0, mostValues),
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

  private part(
    id: string,
    ranking: Ranking,
    { arrangement, from, count }: Omit<ListParams, 'ranking'>,
    list = ranking.arranged(arrangement),
  ): Listing {
    const { query, scope, weights } = ranking.question;
    const { lines, ...figures } = list;
    return {
      ranking: id,
      query: this.parts.searching.summary(query.findable),
      scope,
      weights,
      from,
      items: lines.slice(from, from + count).map(itemOf),
      ...figures,
      ...this.counts(ranking),
      index: this.parts.status(),
    };
  }

  private counts({ question: { query, scope } }: Ranking): Pick<Listing, 'candidates' | 'elsewhere'> {
    const { galleries, sink } = this.parts;
    const own = sink.get(query.item.key) === undefined ? 0 : 1;
    const inLayout = galleries.sizeOf(query.item.layout) - own;
    const all = galleries.size - own;
    return { candidates: scope === 'layout' ? inLayout : all, elsewhere: all - inLayout };
  }
}

function usableWeights({ scope, weights }: RankParams, channels: number): Weights | null {
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
