import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomOf } from '../../core/distributions/random';
import { startEngine, type EngineClient } from '../engineClient';
import { writeCurves } from './curves';
import { finished, open, rankingsOf, wrongRankings } from './measured';

/** What becomes of a folder into which several processes index, of which the one at work is killed again and again. */
export interface ProcessFigures {
  readonly processes: number;
  readonly kills: number;
  readonly files: number;
  /** How many files were encoded by all of them together, and how many more than there are by those that lived. */
  readonly encoded: number;
  readonly twice: number;
  /** How many encoded at the same time, at most. */
  readonly atOnce: number;
  /** From a kill until another process encodes, at most. */
  readonly takeoverMilliseconds: number;
  readonly lost: number;
  readonly problems: number;
  readonly wrongRankings: number;
}

const processes = 4;
const pollMilliseconds = 50;

interface Peer {
  readonly engine: EngineClient;
  encoded: number;
}

/** @param kills how many of the processes are killed, one after the other, at most three */
export async function shareFolder(seed: number, files: number, kills: number): Promise<ProcessFigures> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-shared-'));
  const [folder, storage] = [join(base, 'workspace'), join(base, 'storage')];
  writeCurves(folder, files, randomOf(seed, 'shared'), 2000);
  let living: Peer[] = Array.from({ length: processes }, () => ({ engine: startEngine(), encoded: 0 }));
  try {
    const ready = new Map(living.map((peer) => [peer, peer.engine.until(({ state }) => state === 'ready')]));
    await Promise.all(living.map(({ engine }) => open(engine, { folder, storage })));
    let [takeover, killedEncoded, atOnce] = [0, 0, 0];
    for (let kill = 0; kill < kills; kill++) {
      const worker = await workingPeer(living, Math.floor(files / (2 * kills)));
      worker.engine.child.kill('SIGKILL');
      const killedAt = performance.now();
      await once(worker.engine.child, 'exit');
      killedEncoded += worker.encoded;
      living = living.filter((peer) => peer !== worker);
      atOnce = Math.max(atOnce, (await nextPeers(living)).length);
      takeover = Math.max(takeover, performance.now() - killedAt);
    }
    const statuses = await Promise.all(living.flatMap((peer) => ready.get(peer) ?? []));
    await refresh(living);
    const encoded = killedEncoded + living.reduce((sum, peer) => sum + peer.encoded, 0);
    const [survivor] = living;
    if (survivor === undefined) throw new Error('no process is left');
    const tortured = await rankingsOf(survivor.engine);
    await Promise.all(living.map(({ engine }) => engine.close()));
    const clean = await finished({ folder, storage: join(base, 'clean') });
    return {
      processes,
      kills,
      files,
      encoded,
      twice: Math.max(0, encoded - files),
      atOnce,
      takeoverMilliseconds: Math.round(takeover),
      lost: statuses.reduce((sum, status) => sum + files - status.sequences, 0),
      problems: statuses.filter((status) => status.problem !== null).length,
      wrongRankings: wrongRankings(clean.rankings, tortured),
    };
  } finally {
    for (const { engine } of living) engine.child.kill('SIGKILL');
    rmSync(base, { recursive: true, force: true });
  }
}

/** The process that has encoded some files. */
async function workingPeer(peers: readonly Peer[], files: number): Promise<Peer> {
  const before = new Map(peers.map((peer) => [peer, peer.encoded]));
  for (;;) {
    await refresh(peers);
    const worker = peers.find((peer) => peer.encoded - (before.get(peer) ?? 0) >= files);
    if (worker !== undefined) return worker;
    await wait(pollMilliseconds);
  }
}

/** Those that encode as soon as any does; none where everything was done before. */
async function nextPeers(peers: readonly Peer[]): Promise<readonly Peer[]> {
  const before = new Map(peers.map((peer) => [peer, peer.encoded]));
  for (;;) {
    const statuses = await Promise.all(peers.map(({ engine }) => engine.ask('status', {})));
    await refresh(peers);
    const working = peers.filter((peer) => peer.encoded > (before.get(peer) ?? 0));
    if (working.length > 0 || statuses.every(({ state }) => state === 'ready')) return working;
    await wait(pollMilliseconds);
  }
}

async function refresh(peers: readonly Peer[]): Promise<void> {
  await Promise.all(
    peers.map(async (peer) => {
      peer.encoded = (await peer.engine.ask('diagnostics', {})).filesEncoded;
    }),
  );
}
