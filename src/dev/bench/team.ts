import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import type { EncoderDescription } from '../../core/encoder/description';
import { parseAddress } from '../../engine/team/address';
import { TeamConnection } from '../../engine/team/connection';
import { fillVectors } from '../../engine/team/fillVectors';
import { FollowedIndex } from '../../engine/team/followedIndex';
import { ServerIndex } from '../../engine/team/serverIndex';
import type { TeamQuery, TeamSearch } from '../../engine/team/teamSearch';
import { findPostgres, startPostgres, type OwnServer } from '../postgres';
import { syntheticTeam, type Synthetic } from '../team/synthetic';
import { besides } from '../team/loading';
import { embeddedSeries } from './embedded';
import { percentile, type Figure } from './figures';

const rows = 100_000;
const written = 500;
const writers = 2;
const limit = 20;
const queries = 40;

/** A team's index of 100,000 rows on a server of this machine: loading, following and searching it. */
export async function benchTeam(): Promise<readonly Figure[]> {
  const found = await findPostgres((text) => {
    console.error(text);
  });
  if (found.programs === null) {
    console.error(`A team's index is not measured: ${found.reason}.`);
    return [];
  }
  const server = await startPostgres(found.programs, { shared_buffers: '512MB', max_wal_size: '4GB' });
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-team-'));
  const connection = new TeamConnection(parseAddress(server.address('postgres')));
  try {
    const series = await embeddedSeries(rows);
    const made = await syntheticTeam(connection, series.encoder);
    const codes = enough(series.codes, made);
    const bench: Bench = { server, connection, folder, made, codes, encoder: series.encoder };
    return [await loading(bench), ...(await disk(bench)), ...(await followed(bench)), ...(await searchedThere(bench))];
  } finally {
    await connection.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly server: OwnServer;
  readonly connection: TeamConnection;
  readonly folder: string;
  readonly made: Synthetic;
  readonly codes: Uint8Array;
  readonly encoder: EncoderDescription;
}

function enough(codes: Uint8Array, { encoder: { perChannel } }: Synthetic): Uint8Array {
  const missing = rows - codes.length / perChannel;
  if (missing <= 0) return codes.subarray(0, rows * perChannel);
  return Buffer.concat([codes, besides(codes, perChannel, missing, 1)]);
}

async function loading({ made, codes }: Bench): Promise<Figure> {
  const { perChannel } = made.encoder;
  const began = performance.now();
  let next = 0;
  const writer = async () => {
    for (let from = next; from < rows; from = next) {
      next += written;
      await made.write(codes.subarray(from * perChannel, (from + written) * perChannel), from);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const value = rows / ((performance.now() - began) / 1000);
  return { name: "rows loaded into a team's index", value, unit: 'rows/s', target: { at: 'least', value: 2000 } };
}

async function disk({ server, connection, made }: Bench): Promise<readonly Figure[]> {
  const size = Number(
    await server.psql(
      `SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = 'kindred'::regnamespace AND relkind = 'r'`,
    ),
  );
  const figures: Figure[] = [{ name: '  disk per row', value: size / rows, unit: 'bytes' }];
  if (made.state.vectors === null) return figures;
  const began = performance.now();
  await fillVectors(connection, made.encoder, made.state.vectors);
  const index = Number(
    await server.psql(
      `SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = 'kindred.coarse'::regclass AND indexrelid::regclass::text LIKE '%coarse\\_1%'`,
    ),
  );
  return [
    ...figures,
    { name: '  making the HNSW index', value: (performance.now() - began) / 1000, unit: 's' },
    { name: '  its disk per row', value: index / rows, unit: 'bytes' },
  ];
}

async function followed(bench: Bench): Promise<readonly Figure[]> {
  const { folder } = bench;
  const first = await firstAnswer(bench, folder);
  const again = await firstAnswer(bench, folder);
  const index = await FollowedIndex.open(bench.connection, bench.encoder, folder);
  try {
    const times = await timesOf(index, bench);
    return [
      {
        name: `first answer after connecting to ${rows.toLocaleString('en')} rows`,
        value: first / 1000,
        unit: 's',
        target: { at: 'most', value: 5 },
      },
      { name: '  when they were followed before', value: again / 1000, unit: 's', target: { at: 'most', value: 1 } },
      {
        name: `  exact top ${limit} from then on, median`,
        value: percentile(times, 0.5),
        unit: 'ms',
        target: { at: 'most', value: 3 },
      },
    ];
  } finally {
    await index.close();
  }
}

async function firstAnswer({ server, encoder, ...bench }: Bench, folder: string): Promise<number> {
  const began = performance.now();
  const connection = new TeamConnection(parseAddress(server.address('postgres')));
  const index = await FollowedIndex.open(connection, encoder, folder);
  await index.nearest(queryOf(bench, 1));
  const taken = performance.now() - began;
  await index.close();
  await connection.close();
  return taken;
}

async function searchedThere(bench: Bench): Promise<readonly Figure[]> {
  if (bench.made.state.vectors === null) {
    console.error('The search by pgvector is not measured: the server has none.');
    return [];
  }
  const here = await FollowedIndex.open(bench.connection, bench.encoder, bench.folder);
  const there = await ServerIndex.open(bench.connection, bench.encoder);
  const proving = await ServerIndex.open(bench.connection, bench.encoder, true);
  try {
    await timesOf(there, bench);
    const times = await timesOf(there, bench);
    const shares: number[] = [];
    let proven = 0;
    for (const row of asked()) {
      const exact = await here.nearest(queryOf(bench, row));
      const found = await there.nearest(queryOf(bench, row));
      if ((await proving.nearest(queryOf(bench, row))).certainty === 'exact') proven++;
      const worst = exact.matches.at(-1)?.distance ?? 0;
      shares.push(found.matches.filter(({ distance }) => distance <= worst).length / exact.matches.length);
    }
    const recall = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return [
      {
        name: `top ${limit} by the server, median`,
        value: percentile(times, 0.5),
        unit: 'ms',
        target: { at: 'most', value: 50 },
      },
      { name: '  95 of 100', value: percentile(times, 0.95), unit: 'ms' },
      { name: `  recall@${limit} against exact`, value: recall, unit: '', target: { at: 'least', value: 0.99 } },
      { name: '  share that can be proven exact', value: proven / queries, unit: '' },
    ];
  } finally {
    await here.close();
  }
}

async function timesOf(index: TeamSearch, bench: Bench): Promise<readonly number[]> {
  const times: number[] = [];
  for (const row of asked()) {
    const began = performance.now();
    await index.nearest(queryOf(bench, row));
    times.push(performance.now() - began);
  }
  return times;
}

function asked(): readonly number[] {
  const random = randomOf(2, 'queries');
  return Array.from({ length: queries }, () => random.below(rows));
}

function queryOf({ made, codes }: Pick<Bench, 'made' | 'codes'>, row: number): TeamQuery {
  const { perChannel } = made.encoder;
  const values = codes.slice(row * perChannel, (row + 1) * perChannel);
  return { layout: made.layout, channels: 1, values, limit, filter: {}, without: null };
}
