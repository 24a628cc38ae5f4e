import { copyFileSync, closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { corpusOf } from './corpus';
import { fuzzCase, type FuzzCase } from './fuzzCase';
import { nowFile, type Finding, type FuzzAnswer, type FuzzOrder } from './orders';
import { readingOf, type Reading } from './verdict';

/** A process that reads cases one after the other, until one of them ends it. */

/** Of processor time: a machine that is busy makes no case slow. */
const mostMilliseconds = 2000;
const allowedBytes = 64 * 2 ** 20;
const allowedTimes = 20;

async function fuzz({ seed, from, to, folders, scratch }: FuzzOrder): Promise<FuzzAnswer> {
  const corpus = corpusOf(folders);
  const now = openSync(join(scratch, nowFile), 'w');
  const findings: Finding[] = [];
  let [refused, slowest] = [0, 0];
  for (let number = from; number < to; number++) {
    ftruncateSync(now);
    writeSync(now, String(number), 0);
    const fuzzed = fuzzCase(corpus, seed, number);
    const reading = await readingIn(join(scratch, 'files'), fuzzed, number);
    if (reading.refused) refused++;
    slowest = Math.max(slowest, reading.milliseconds);
    const fault = faultIn(reading, fuzzed);
    if (fault !== null) findings.push({ number, name: fuzzed.name, fault });
  }
  closeSync(now);
  return { findings, refused, slowest: Math.round(slowest) };
}

async function readingIn(folder: string, fuzzed: FuzzCase, number: number): Promise<Reading> {
  const path = lay(folder, fuzzed);
  const first = await readingOf(path, number % 8 === 0);
  // What the process does beside it may be slow or large once.
  return first.fault !== null || faultIn(first, fuzzed) === null ? first : readingOf(path, number % 8 === 0);
}

function faultIn({ fault, milliseconds, grown }: Reading, { seed, bytes }: FuzzCase): string | null {
  if (fault !== null) return fault;
  if (milliseconds > mostMilliseconds) return `it took ${Math.round(milliseconds)} ms`;
  const size = seed.beside.length === 0 ? bytes.length : bytes.length + seed.bytes.length;
  if (grown <= allowedBytes + allowedTimes * size) return null;
  return `it took ${Math.round(grown / 2 ** 20)} MB for ${bytes.length} bytes`;
}

/** Writes a case, and what belongs to it. @returns the path that is to be read */
function lay(folder: string, { seed, name, read, bytes }: FuzzCase): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, name), bytes);
  for (const file of seed.beside) copyFileSync(join(seed.folder, file), join(folder, file));
  return join(folder, read);
}

process.on('message', (order: FuzzOrder) => {
  fuzz(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      throw error;
    },
  );
});
