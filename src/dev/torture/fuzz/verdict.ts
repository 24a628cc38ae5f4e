import { readFileSync, writeFileSync } from 'node:fs';
import { defaultReadOptions, UnreadableError, type ReadOptions } from '../../../core/recordings/reader';
import { readFile, type FileContent } from '../../../core/recordings/readFile';
import { stepsOf, type Sequence } from '../../../core/recordings/sequence';
import { describeFile } from '../../../engine/workers/describeFile';

/** What is wrong with how a file was read; `null` for nothing. */
export interface Reading {
  readonly fault: string | null;
  readonly refused: boolean;
  /** Processor time, of all threads. */
  readonly milliseconds: number;
  /** By how much the memory of the process was larger while it read, in bytes. */
  readonly grown: number;
}

/** As the bundled encoder needs at least. */
const minimumSteps = 16;

/** Reads a file as the engine does, and judges what comes of it. @param describe whether to describe it as well */
export async function readingOf(
  path: string,
  describe: boolean,
  options: ReadOptions = defaultReadOptions,
): Promise<Reading> {
  const memory = startMeasuring();
  const before = process.cpuUsage();
  let fault: string | null = null;
  let refused = false;
  const read = async (work: () => Promise<string | null>) => {
    try {
      fault ??= await work();
    } catch (error) {
      refused = true;
      fault ??= faultOf(error);
    }
  };
  await read(async () => contentFault(await readFile(path, options, minimumSteps), options));
  if (describe) {
    await read(async () => {
      await describeFile(path, options, minimumSteps);
      return null;
    });
  }
  const { user, system } = process.cpuUsage(before);
  return { fault, refused, milliseconds: (user + system) / 1000, grown: memory() };
}

function faultOf(error: unknown): string | null {
  if (!(error instanceof UnreadableError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return /^\S[^\n]*[^.\n\s]$/.test(error.message) ? null : `a reason that ends no sentence: ${error.message}`;
}

function contentFault(content: FileContent | null, { maximumSamples }: ReadOptions): string | null {
  if (content === null) return null;
  let samples = 0;
  for (const sequence of content.sequences) {
    if (sequence === null) continue;
    const fault = sequenceFault(sequence);
    if (fault !== null) return fault;
    samples += sequence.channels.length * stepsOf(sequence);
  }
  return samples > maximumSamples ? `${samples} samples` : null;
}

function sequenceFault(sequence: Sequence): string | null {
  const { rate, channels } = sequence;
  if (channels.length === 0) return 'a sequence without channels';
  if (channels.some(({ values }) => values.length !== stepsOf(sequence))) return 'channels of several lengths';
  if (channels.some(({ values }) => !values.every((value) => Number.isFinite(value))))
    return 'values that are no numbers';
  return rate === null || (rate > 0 && Number.isFinite(rate)) ? null : `a rate of ${rate}`;
}

/** @returns how much larger the process has been since, at most, in bytes; 0 where the system does not tell */
function startMeasuring(): () => number {
  if (process.platform !== 'linux') return () => 0;
  // The peak counts from now on.
  writeFileSync('/proc/self/clear_refs', '5');
  const before = bytesOf('VmRSS');
  return () => bytesOf('VmHWM') - before;
}

function bytesOf(name: string): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
