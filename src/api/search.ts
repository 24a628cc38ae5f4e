import type { CommandAnswer, CommandParams } from '../protocol/commands/commands';
import type { AskEngine, Embeddings, Match, QuerySet, RankParams, ShownSet } from '../protocol/engine';
import { plainArrangement, type Listing } from '../protocol/listing';
import { headOf } from './head';
import { recordingOf, refOf } from './recording';

type Answer = CommandAnswer<'search'>;
type Row = Answer['rows'][number];

/** What a ranking says beside its rows. */
export function aboutSearch(
  listing: Pick<Listing, 'query' | 'set' | 'scope' | 'weights' | 'candidates' | 'elsewhere'>,
): Omit<Answer, 'rows'> {
  const { query, set, scope, weights, candidates, elsewhere } = listing;
  const all = (of: 'queries' | 'more' | 'less') => (set === null ? [] : shownIn(set, of));
  return {
    ...headOf('search'),
    query: recordingOf(query),
    ...{ also: all('queries'), like: all('more'), unlike: all('less') },
    ...{ scope, weights, candidates, elsewhere },
  };
}

function shownIn(set: ShownSet, of: 'queries' | 'more' | 'less') {
  return set[of].map(recordingOf);
}

export function rowOf({ rank, distance, sequence }: Match): Row {
  return { rank, distance, ...recordingOf(sequence), covered: sequence.covered };
}

/** What the engine is asked for a search. Files are absolute paths. */
export function rankingOf(params: CommandParams<'search'>): RankParams {
  const { top, allLayouts, weights } = params;
  const set = setOf(params);
  return {
    query: refOf(params),
    ...(set === null ? {} : { set }),
    scope: allLayouts ? 'all' : 'layout',
    weights: weights ?? null,
    arrangement: plainArrangement,
    ...{ from: 0, count: top },
  };
}

function setOf({ also, like, unlike, rankBy }: CommandParams<'search'>): QuerySet | null {
  if (also.length + like.length + unlike.length === 0) return null;
  return { queries: also.map(refOf), more: like.map(refOf), less: unlike.map(refOf), by: rankBy };
}

/** Ranks recordings by their distance to one of them. Files are absolute paths. @throws what the engine refuses */
export async function search(ask: AskEngine, params: CommandParams<'search'>, signal: AbortSignal): Promise<Answer> {
  const listing = await ask('rank', rankingOf(params), signal);
  const matches = listing.items.filter((item) => item.kind === 'match');
  const answer = { ...aboutSearch(listing), rows: matches.map(rowOf) };
  return params.embeddings ? withEmbeddings(ask, answer, signal) : answer;
}

/** As many embeddings are asked for together. */
const together = 200;

async function withEmbeddings(ask: AskEngine, answer: Answer, signal: AbortSignal): Promise<Answer> {
  const [query, ...matches] = [answer.query, ...answer.rows].map(({ path, sequence }) =>
    refOf({ file: path, sequence }),
  );
  const of = (sequences: readonly ReturnType<typeof refOf>[]) => ask('embeddings', { sequences }, signal);
  const first = await of(query === undefined ? [] : [query]);
  const all: (readonly (readonly number[])[])[] = [];
  for (let from = 0; from < matches.length; from += together) {
    const { sequences } = await of(matches.slice(from, from + together));
    all.push(...sequences.map(channelsOf));
  }
  return {
    ...answer,
    column_weight: Array.from(float32Of(first.weights)),
    query_embedding: first.sequences.flatMap(channelsOf),
    rows: answer.rows.map((row, i) => ({ ...row, embedding: all[i] ?? [] })),
  };
}

/** The numbers of each channel of an embedding. */
export function channelsOf({ channels, values }: Embeddings['sequences'][number]): readonly (readonly number[])[] {
  const all = float32Of(values);
  const width = all.length / channels;
  return Array.from({ length: channels }, (_, c) => Array.from(all.subarray(c * width, (c + 1) * width)));
}

/** Numbers that came as base64. */
export function float32Of(base64: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Float32Array(bytes.buffer, 0, bytes.length / 4);
}
