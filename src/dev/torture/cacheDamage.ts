import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../../core/distributions/random';
import { cacheFolder, dataFile } from '../../core/index/store/cacheFolder';
import { Store } from '../../core/index/store/store';
import { inProject } from '../project';
import { bundleTool } from '../toolBundle.mjs';
import { damages, type Damage } from './damages';
import { recordCount, write } from './records';
import type { Verdict } from './storeChild';

/** What one kind of damage did, over all its cases. */
export interface DamageRow {
  kind: string;
  cases: number;
  /** Cases in which a record was missing, and of them those of which the user or the log was told. */
  losing: number;
  told: number;
  /**
   * Cases in which the process died, threw, served a wrong record, or did not keep what it wrote then, and did not say so
   * where it may not.
   */
  crashes: number;
  errors: number;
  wrong: number;
  forgetful: number;
}

/** Damages a small cache in every way and opens it in a process of its own. @param step only each so many of a kind */
export async function damageCaches(seed: number, step: number): Promise<readonly DamageRow[]> {
  const base = mkdtempSync(join(tmpdir(), 'kindred-torture-'));
  chmodSync(base, 0o755);
  const script = await bundledChild();
  const user = process.getuid?.() === 0 ? nobody : undefined;
  const [opener, unprivileged] = [new Opener(script), new Opener(script, user)];
  const canForbid = user === undefined || mayRead(script, user);
  const rows = new Map<string, DamageRow>();
  try {
    const sound = join(base, 'sound');
    await makeCache(sound);
    const { size } = statSync(dataFile(cacheFolder(sound)));
    for (const damage of damages(size, randomOf(seed, 'damage'), step)) {
      if (damage.forbids === true && !canForbid) continue;
      const row = rows.get(damage.kind) ?? emptyRow(damage.kind);
      rows.set(damage.kind, row);
      note(row, await opened(damage.forbids === true ? unprivileged : opener, base, sound, damage), damage);
    }
  } finally {
    opener.end();
    unprivileged.end();
    rmSync(base, { recursive: true, force: true });
  }
  return [...rows.values()];
}

async function opened(opener: Opener, base: string, sound: string, damage: Damage): Promise<Answer> {
  const storage = join(base, 'damaged');
  const folder = cacheFolder(storage);
  cpSync(sound, storage, { recursive: true });
  if (opener.user !== undefined) give(storage, opener.user);
  damage.apply(folder);
  try {
    return await opener.verdictOn(storage);
  } finally {
    if (damage.forbids === true) for (const path of [storage, folder]) chmodSync(path, 0o755);
    rmSync(storage, { recursive: true, force: true });
  }
}

/** A project in a folder of root's own is closed to others. */
function mayRead(script: string, user: number): boolean {
  return spawnSync(process.execPath, ['--check', script], { uid: user, gid: user }).status === 0;
}

function give(folder: string, user: number): void {
  chownSync(folder, user, user);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), user, user);
}

function emptyRow(kind: string): DamageRow {
  return { kind, cases: 0, losing: 0, told: 0, crashes: 0, errors: 0, wrong: 0, forgetful: 0 };
}

function note(row: DamageRow, answer: Answer, { forbids = false }: Damage): void {
  row.cases++;
  if (answer === 'crash') row.crashes++;
  else if ('error' in answer) row.errors++;
  else {
    if (answer.missing > 0) row.losing++;
    if (answer.missing > 0 && answer.told) row.told++;
    if (answer.wrong > 0) row.wrong++;
    if (!answer.keeps && !(forbids && answer.told)) row.forgetful++;
  }
}

async function makeCache(storage: string): Promise<void> {
  const fail = (text: string | null) => {
    throw new Error(text ?? '');
  };
  const store = Store.open(storage, { problem: fail, note: fail });
  write(store, 0, recordCount);
  // Some pages are free, as in a cache that has lived.
  for (const key of store.keys('surveys')) store.remove('surveys', key);
  write(store, 0, recordCount / 4);
  await store.close();
}

/** To root nothing is forbidden. */
const nobody = 65_534;

type Answer = Verdict | { readonly error: string } | 'crash';

/** A process that opens caches, and another one when it died. */
class Opener {
  private child: ChildProcess | null = null;

  /** @param user another user than this one */
  constructor(
    private readonly script: string,
    readonly user?: number,
  ) {}

  verdictOn(storage: string): Promise<Answer> {
    const child = (this.child ??= fork(this.script, [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      ...(this.user === undefined ? {} : { uid: this.user, gid: this.user }),
    }));
    return new Promise((resolve) => {
      const settle = (answer: Answer) => {
        child.removeAllListeners();
        resolve(answer);
      };
      child.once('message', (answer) => {
        settle(answer as Verdict | { error: string });
      });
      child.once('exit', () => {
        this.child = null;
        settle('crash');
      });
      child.send(storage);
    });
  }

  end(): void {
    this.child?.kill();
  }
}

async function bundledChild(): Promise<string> {
  const outfile = inProject('dist/tools/storeChild.mjs');
  await bundleTool(inProject('src/dev/torture/storeChild.ts'), outfile);
  return outfile;
}
