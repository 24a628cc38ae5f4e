import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LabelsFile } from '../../../core/labels/labelsFile';
import { randomOf, type Random } from '../../../core/distributions/random';
import { startEngine, type EngineClient } from '../../engineClient';
import { writeCurves } from '../curves';
import { finished, open, wrongRankings } from '../measured';
import { kill, type KillFigures } from './killed';

const recordings = 28;
/** Lines for recordings that are elsewhere, so that writing takes a while. */
const otherLines = 5000;
/** An engine may be killed as long as this after its folder was opened. */
const longestMilliseconds = 1000;
const labels = ['rise', 'fall', 'rest', ''];

/** Kills engines at random moments while they write one label after the other. */
export async function killLabellers(seed: number, kills: number): Promise<KillFigures> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-labels-'));
  const random = randomOf(seed, 'labels');
  const place = { folder: join(base, 'workspace'), storage: join(base, 'storage') };
  try {
    const paths = writeCurves(place.folder, recordings, random, 64);
    const table = new Table(join(place.folder, 'labels.csv'));
    let [failedReopenings, torn] = [0, 0];
    for (let count = 0; count < kills; count++) {
      const engine = startEngine();
      if ((await open(engine, place)).problem !== null) failedReopenings++;
      const writing = write(engine, table, paths, random);
      await wait(random.uniform(0, longestMilliseconds));
      await kill(engine.child);
      await writing;
      if (!table.isOldOrNew()) torn++;
    }
    torn += await leftovers(place, paths[0] ?? '');
    const tortured = await finished(place);
    const clean = await finished({ ...place, storage: join(base, 'clean') });
    return {
      while: 'writing labels',
      kills,
      failedReopenings: failedReopenings + (tortured.status.problem === null ? 0 : 1),
      torn,
      lost: clean.status.sequences - tortured.status.sequences,
      rankings: clean.rankings.size,
      wrongRankings: wrongRankings(clean.rankings, tortured.rankings),
      done: table.written,
    };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** What killed engines have left beside the table, once another has written it a while later. */
async function leftovers(place: { readonly folder: string; readonly storage: string }, path: string): Promise<number> {
  const partial = () => readdirSync(place.folder).filter((name) => name.endsWith('.partial'));
  for (const name of partial()) utimesSync(join(place.folder, name), 0, 0);
  const engine = startEngine();
  await open(engine, place);
  await engine.ask('setLabel', { targets: [{ path, number: null }], label: 'last' });
  await engine.close();
  return partial().length;
}

/** Sets labels until the engine is gone. */
async function write(engine: EngineClient, table: Table, paths: readonly string[], random: Random): Promise<void> {
  const gone = once(engine.child, 'exit').then(() => null);
  while (engine.child.signalCode === null) {
    const path = paths[random.below(paths.length)] ?? '';
    const label = labels[random.below(labels.length)] ?? '';
    const answer = engine.ask('setLabel', { targets: [{ path, number: null }], label });
    table.expect(path, label);
    if ((await Promise.race([answer, gone])) === null) return;
    table.answered();
  }
}

/** The table of labels as it should be: as it was, or with the label whose writing was not answered. */
class Table {
  written = 0;
  private old: string;
  private next: string;

  constructor(private readonly path: string) {
    const lines = Array.from({ length: otherLines }, (_, i) => `elsewhere/recording${i}.csv,rise,"a, note"`);
    this.old = this.next = `path,label,remark\n${lines.join('\n')}\n`;
    writeFileSync(path, this.old);
  }

  expect(path: string, label: string): void {
    const inside = path.slice(join(this.path, '..').length + 1);
    this.next = LabelsFile.parse(this.old)
      .with([{ path: inside, number: null }], label)
      .text();
  }

  answered(): void {
    this.written++;
    this.old = this.next;
  }

  /** Whether the file is either, which counts as the old one from then on. */
  isOldOrNew(): boolean {
    const text = readFileSync(this.path, 'utf8');
    const isWhole = text === this.old || text === this.next;
    this.old = this.next = text;
    return isWhole;
  }
}
