import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../project';
import { bundleTool } from '../../toolBundle.mjs';
import { corpusOf } from './corpus';
import { fuzzCase } from './fuzzCase';
import { nowFile, type Finding, type FuzzAnswer, type FuzzOrder } from './orders';

export interface FuzzFigures {
  readonly cases: number;
  readonly refused: number;
  /** Milliseconds of processor time of the slowest case. */
  readonly slowest: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  /** The numbers of cases: from the first to before the last. */
  readonly from: number;
  readonly cases: number;
  readonly folders: readonly string[];
  /** Where the files of findings are kept, if anywhere. */
  readonly keepIn?: string;
  readonly onProgress?: (done: number, findings: number) => void;
}

/** A process reads so many cases, and is then another. */
const casesOfProcess = 5000;
/** A case that takes longer than this is without an end. */
const hangMilliseconds = 60_000;

/** Reads recordings that have gone wrong in some way, each number of a seed in its own. */
export async function fuzzReaders({
  seed,
  from,
  cases,
  folders,
  keepIn,
  onProgress,
}: FuzzOptions): Promise<FuzzFigures> {
  const script = await bundledChild();
  const scratch = mkdtempSync(join(tmpdir(), 'kindred-fuzz-'));
  let [refused, slowest] = [0, 0];
  const findings: Finding[] = [];
  const end = from + cases;
  const note = (finding: Finding) => {
    findings.push(finding);
    if (keepIn !== undefined) keep(keepIn, folders, seed, finding);
  };
  try {
    for (let at = from; at < end;) {
      const to = Math.min(end, at + casesOfProcess);
      const answer = await answerOf(script, { seed, from: at, to, folders, scratch });
      if ('died' in answer) {
        note({ ...answer.died, name: fuzzCase(corpusOf(folders), seed, answer.died.number).name });
        at = answer.died.number + 1;
      } else {
        answer.findings.forEach(note);
        refused += answer.refused;
        slowest = Math.max(slowest, answer.slowest);
        at = to;
      }
      onProgress?.(at - from, findings.length);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return { cases, refused, slowest, findings };
}

function answerOf(script: string, order: FuzzOrder): Promise<FuzzAnswer | { readonly died: Omit<Finding, 'name'> }> {
  const child = fork(script, [], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const said: Buffer[] = [];
  child.stderr?.on('data', (piece: Buffer) => said.push(piece));
  const now = () => Number(readFileSync(join(order.scratch, nowFile), 'utf8'));
  return new Promise((resolve) => {
    let [last, hangs] = [-1, false];
    const watching = setInterval(() => {
      const number = now();
      hangs = number === last;
      if (hangs) child.kill('SIGKILL');
      last = number;
    }, hangMilliseconds);
    child.once('message', (answer) => {
      clearInterval(watching);
      child.removeAllListeners('exit').kill();
      resolve(answer as FuzzAnswer);
    });
    child.once('exit', (code, signal) => {
      clearInterval(watching);
      const fault = hangs ? 'it does not come to an end' : `the process ended (${signal ?? code})`;
      const details = Buffer.concat(said).toString().trim().slice(-2000);
      resolve({ died: { number: now(), fault: details === '' ? fault : `${fault}: ${details}` } });
    });
    child.send(order);
  });
}

/** Writes the file of a finding, with what is wrong beside it. */
function keep(folder: string, folders: readonly string[], seed: number, { number, fault }: Finding): void {
  const { name, bytes } = fuzzCase(corpusOf(folders), seed, number);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${seed}-${number}-${name}`), bytes);
  writeFileSync(join(folder, `${seed}-${number}-${name}.fault`), `${fault}\n`);
}

async function bundledChild(): Promise<string> {
  const outfile = inProject('dist/tools/fuzzChild.mjs');
  // The threads of libraries are looked for beside the code.
  await bundleTool(inProject('src/dev/torture/fuzz/fuzzChild.ts'), outfile, {
    'import.meta.dirname': JSON.stringify(inProject('dist')),
  });
  return outfile;
}
