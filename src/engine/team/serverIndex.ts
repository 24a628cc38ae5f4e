import * as v from 'valibot';
import type { EncoderDescription } from '../../core/encoder/description';
import { RequestError } from '../requestError';
import { boundOf, coarseForm, coarseVector, vectorText, type CoarseForm } from './coarse';
import type { Asking, Row, TeamConnection } from './connection';
import { encoderToSearchBy, type TeamEncoder } from './encoders';
import { filterSql, isFilter } from './filter';
import { recordingColumns, recordingJoins } from './following';
import { contentKey, recordingOf } from './rows';
import { TeamScales, type TeamScale } from './scales';
import { setUpTeam } from './setUp';
import { LeftOutRows, type LeftOut } from './leftOut';
import { noneAlike, ranked, type TeamAnswer, type TeamMatch, type TeamQuery, type TeamSearch } from './teamSearch';
import type { Vectors } from './vectors';

/** The nearest by their coarse vectors. The server's index gives no more than 1,000. */
const candidatesAtFirst = 600;
const mostCandidates = 1000;

/** What passes a filter is looked at in order, as far as it takes. */
const mostFiltered = 64_000;

/** Of no more rows than this the server looks at all coarse vectors, unasked, to prove that no candidate was missed. */
const provableRows = 20_000;

/** Rows of a layout are counted up to here. */
const mostCounted = 250_000;

const candidate = v.object({
  ...{ content: v.string(), number: v.number(), coarse: v.number() },
  bytes: v.instance(Uint8Array),
});

interface Candidate {
  readonly key: string;
  readonly content: string;
  readonly number: number;
  /** L1 distance of the coarse vectors, as the server has computed it. */
  readonly coarse: number;
  readonly distance: number;
}

/** A team's index that its server searches by pgvector, for tables that are too large for one machine. */
export class ServerIndex implements TeamSearch {
  private readonly scales = new TeamScales();
  private readonly counts = new Map<number, number>();
  private readonly refused = new LeftOutRows();

  private constructor(
    private readonly connection: TeamConnection,
    private readonly encoder: TeamEncoder,
    private readonly vectors: Vectors,
    private readonly provable: number,
  ) {}

  /**
   * @param prove whether the server is to look at all coarse vectors where that can prove an answer, however many there are
   * @throws RequestError without pgvector, TeamAwayError
   */
  static async open(connection: TeamConnection, description: EncoderDescription, prove = false): Promise<ServerIndex> {
    const { vectors, advice } = await setUpTeam(connection, false);
    if (vectors === null) {
      const why = advice.length === 0 ? 'It is not installed on the server.' : advice.join(' ');
      throw new RequestError(`The server cannot search by itself, because pgvector 0.7 or later is missing. ${why}`);
    }
    const encoder = await encoderToSearchBy(connection, description);
    return new ServerIndex(connection, encoder, vectors, prove ? Infinity : provableRows);
  }

  readonly away = null;

  get leftOut(): readonly LeftOut[] {
    return this.refused.all;
  }

  /** By which a recording of a layout is embedded to be compared. @throws RequestError where the index has none like it */
  async scaleOf(layout: string): Promise<TeamScale> {
    const scale = (await this.scales.of(this.connection, [layout])).get(layout);
    if (scale === undefined) throw noneAlike();
    return scale;
  }

  async nearest(query: TeamQuery): Promise<TeamAnswer> {
    const scale = await this.scaleOf(query.layout);
    const form = coarseForm(this.encoder.form, scale.channels);
    const vector = coarseVector(query.values, form);
    const asked: Asked = { query, scale, form, vector, text: vectorText(vector) };
    const filtered = isFilter(query.filter);
    return this.connection.transaction(async (asking) => {
      const rows = await this.rowsOf(asking, scale);
      const proves = rows <= this.provable;
      const most = filtered ? mostFiltered : proves ? mostCandidates : candidatesAtFirst;
      for (let count = Math.max(candidatesAtFirst, 4 * query.limit); ; count = Math.min(4 * count, most)) {
        const found = await this.candidates(asking, asked, count);
        const holders = await this.holders(asking, asked, found);
        const matches = ranked(holders, query);
        const worst = matches.length < query.limit ? Infinity : (matches.at(-1)?.distance ?? Infinity);
        const last = found.at(-1);
        const all = found.length < count;
        const beyond = all || last === undefined || boundOf(last.coarse, vector, form) >= worst;
        if (!beyond && count < most) continue;
        const proven = beyond && (filtered || (proves && (await this.missesNone(asking, asked, found, all))));
        return { matches, candidates: rows, certainty: proven ? 'exact' : 'likely' };
      }
    }, 'READ ONLY');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** How many recordings of a layout there were when it was first asked about. */
  private async rowsOf(asking: Asking, scale: TeamScale): Promise<number> {
    const known = this.counts.get(scale.id);
    if (known !== undefined) return known;
    const text = `SELECT count(*)::float8 AS count FROM (SELECT FROM kindred.coarse
      WHERE encoder = ${this.encoder.id} AND scale = ${scale.id} LIMIT ${mostCounted}) counted`;
    const count = numberOf(await asking.rows({ text }), 'count');
    this.counts.set(scale.id, count);
    return count;
  }

  /** The nearest by their coarse vectors, in that order, with their exact distances. */
  private async candidates(
    asking: Asking,
    { query, scale, form, text }: Asked,
    count: number,
  ): Promise<readonly Candidate[]> {
    const { filter, values: codes } = query;
    const values: unknown[] = [text];
    const passing = isFilter(filter)
      ? `AND EXISTS (SELECT FROM ${recordingJoins} WHERE r.content = n.content AND r.number = n.number AND ${filterSql(filter, values)})`
      : '';
    // What passes a filter comes in its true order, without the index, whose nearest may all be others.
    await asking.rows({ text: `SET LOCAL enable_indexscan = ${passing === '' ? 'on' : 'off'}` });
    await asking.rows({ text: `SET LOCAL hnsw.ef_search = ${Math.min(count, mostCandidates)}` });
    const found = await asking.rows({
      text: `WITH near AS MATERIALIZED (
          SELECT content, number, ${this.distance(form)} AS coarse FROM kindred.coarse n
          WHERE encoder = ${this.encoder.id} AND scale = ${scale.id} ${passing}
          ORDER BY ${this.distance(form)} LIMIT ${count})
        SELECT content, number, coarse, bytes FROM near JOIN kindred.embeddings e USING (content, number)
        WHERE e.encoder = ${this.encoder.id} ORDER BY coarse`,
      values,
    });
    return found.flatMap((row) => {
      const parsed = v.safeParse(candidate, row);
      if (!parsed.success || parsed.output.bytes.length !== codes.length) {
        this.refused.add('it does not have as many bytes as the encoder makes of its channels');
        return [];
      }
      const { content, number, coarse, bytes } = parsed.output;
      return {
        key: contentKey({ content, number }),
        content,
        number,
        coarse,
        distance: exactDistance(codes, bytes, form, this.encoder),
      };
    });
  }

  /** Whether there are no rows nearer by their coarse vectors than the last candidate but the candidates themselves. */
  private async missesNone(
    asking: Asking,
    { scale, form, text }: Asked,
    found: readonly Candidate[],
    all: boolean,
  ): Promise<boolean> {
    const last = all ? Infinity : (found.at(-1)?.coarse ?? Infinity);
    await asking.rows({ text: 'SET LOCAL enable_indexscan = off' });
    const rows = await asking.rows({
      text: `SELECT count(*)::float8 AS count FROM kindred.coarse n WHERE encoder = ${this.encoder.id} AND scale = ${scale.id}
        AND ${this.distance(form)} < $2::float8`,
      values: [text, last],
    });
    return numberOf(rows, 'count') === found.filter(({ coarse }) => coarse < last).length;
  }

  /** The recordings that hold the nearest candidates. */
  private async holders(
    asking: Asking,
    { query, scale }: Asked,
    found: readonly Candidate[],
  ): Promise<readonly Omit<TeamMatch, 'rank'>[]> {
    const nearest = [...found]
      .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
      .slice(0, query.limit + 1);
    const byKey = new Map(nearest.map((each) => [each.key, each]));
    const values: unknown[] = [nearest.map(({ content }) => content), nearest.map(({ number }) => number)];
    const rows = await asking.rows({
      text: `SELECT ${recordingColumns} FROM ${recordingJoins}
        JOIN unnest($1::text[], $2::int[]) AS n(content, number) ON n.content = r.content AND n.number = r.number
        WHERE ${filterSql(query.filter, values)}`,
      values,
    });
    return rows.flatMap((row) => this.matchOf(row, scale, byKey));
  }

  private matchOf(
    row: Row,
    scale: TeamScale,
    byKey: ReadonlyMap<string, Candidate>,
  ): readonly Omit<TeamMatch, 'rank'>[] {
    const recording = recordingOf(row);
    if (typeof recording === 'string') this.refused.add(recording);
    if (typeof recording === 'string' || recording.content === null || recording.layout !== scale.layout) return [];
    const found = byKey.get(contentKey(recording));
    return found === undefined ? [] : [{ distance: found.distance, recording }];
  }

  /** The L1 distance to the vector that is the first value, as the index has it. */
  private distance({ dimensions }: CoarseForm): string {
    const type = `${this.vectors.schema}.halfvec(${dimensions})`;
    return `n.vector::${type} OPERATOR(${this.vectors.schema}.<+>) $1::${type}`;
  }
}

interface Asked {
  readonly query: TeamQuery;
  readonly scale: TeamScale;
  readonly form: CoarseForm;
  readonly vector: Float32Array;
  readonly text: string;
}

function exactDistance(
  a: Uint8Array,
  b: Uint8Array,
  { channels, perChannel }: CoarseForm,
  { form }: TeamEncoder,
): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  // As a gallery rounds it.
  return (form.step / (channels * perChannel)) * sum;
}

function numberOf(rows: readonly Row[], name: string): number {
  const value = rows[0]?.[name];
  return typeof value === 'number' ? value : Infinity;
}
