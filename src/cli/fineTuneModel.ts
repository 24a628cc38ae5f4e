import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { openEncoder } from '../core/encoder/completed';
import { readEncoder, type EncoderFile } from '../core/encoder/description';
import { loadEncoder } from '../core/encoder/session';
import { RequestError } from '../engine/requestError';
import { fineTune } from '../tuner/fineTune';
import { halves } from '../tuner/halves';
import { splitPack } from '../tuner/packSets';
import { TuningError } from '../tuner/problems';
import { usualTuning, type TuningProgress, type TuningReport, type TuningSettings } from '../protocol/finetune';
import { evaluatePack } from '../core/training/evaluation/evaluatePack';
import { problemOf } from '../core/training/evaluation/evaluate';
import type { Metrics } from '../core/training/evaluation/metrics';
import { groupOf, type PackResult } from '../core/training/evaluation/summary';
import { readPacks } from '../core/training/packs/findPacks';
import type { Pack } from '../core/training/packs/pack';
import { writeEncoder } from '../core/training/trainer/encoderFile';
import { TrainingError } from '../core/training/trainer/trainingError';
import { measurementOf, measurementTable, reportText, type Measured } from './fineTuneReport';

/** The options of `kindred finetune`. */
export interface FineTuneOptions {
  readonly out?: string;
  readonly from: string;
  readonly minutes: number;
  readonly steps?: number;
  readonly rate: number;
  readonly threads: number;
  readonly share: number;
  readonly seed: number;
  readonly measure: boolean;
  readonly json: boolean;
}

export const fineTuneDefaults = {
  from: join(__dirname, '..', 'models'),
  minutes: usualTuning.minutes,
  rate: usualTuning.learningRate,
  threads: usualTuning.threads,
  share: usualTuning.validationShare,
  seed: usualTuning.seed,
} as const;

/** How many time steps of a sequence are embedded. */
const maximumSteps = 16_384;

/**
 * `kindred finetune`: trains an encoder further on labelled recordings and writes it, or with `measure` does so for every
 * pack by itself and tells what that brings on sequences that took no part.
 *
 * @throws RequestError for packs, encoders or options that cannot be used
 */
export async function fineTuneModel(
  paths: readonly string[],
  options: FineTuneOptions,
  signal: AbortSignal,
): Promise<void> {
  if (options.measure === (options.out !== undefined)) {
    throw new RequestError('Name a folder for the new encoder with --out, or measure with --measure.');
  }
  try {
    const base = await openEncoder(options.from);
    if (options.out === undefined) await measure(paths, base, options, signal);
    else await tune(paths, base, resolve(options.out), options, signal);
  } catch (error) {
    const problem = error instanceof TrainingError || error instanceof TuningError ? error.message : problemOf(error);
    if (problem === null) throw error;
    throw new RequestError(problem, { cause: error });
  }
  signal.throwIfAborted();
}

async function tune(
  paths: readonly string[],
  base: EncoderFile,
  out: string,
  options: FineTuneOptions,
  signal: AbortSignal,
): Promise<void> {
  if (existsSync(join(out, 'encoder.onnx')))
    throw new RequestError(`${out} already holds an encoder: name another folder.`);
  const packs: Pack[] = [];
  for await (const pack of readPacks(paths, signal)) packs.push(pack);
  // Beside the result, so that an interrupted training goes on when the command is given again.
  const work = `${out}.training`;
  await mkdir(work, { recursive: true });
  const report = await run(packs, base, basename(out), work, options, signal);
  if (report === null) return;
  await writeEncoder(out, await readEncoder(join(work, 'encoder')));
  await rm(work, { recursive: true });
  process.stdout.write(
    options.json ? `${JSON.stringify(report, null, 2)}\n` : `${reportText(report)}\n${out} holds the encoder.\n`,
  );
}

async function run(
  packs: readonly Pack[],
  base: EncoderFile,
  name: string,
  folder: string,
  options: FineTuneOptions,
  signal: AbortSignal,
): Promise<TuningReport | null> {
  const settings = settingsOf(options);
  const split = packs.map((pack) => splitPack(pack, settings));
  const report = await fineTune({
    sets: split.map(({ set }) => set),
    base,
    settings,
    name,
    folder,
    maximumSteps,
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    notes: split.map((part) => part.split),
    signal,
    onProgress: show,
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  return report;
}

function settingsOf({ minutes, rate, threads, share, seed }: FineTuneOptions): TuningSettings {
  if (share > 0.5) throw new RequestError('The share of held-out sequences must be at most 0.5.');
  return { minutes, learningRate: rate, threads, validationShare: share, seed };
}

async function measure(
  paths: readonly string[],
  base: EncoderFile,
  options: FineTuneOptions,
  signal: AbortSignal,
): Promise<void> {
  const session = await loadEncoder(base);
  const measured: Measured[] = [];
  for await (const pack of readPacks(paths, signal)) {
    const { tuned, tested } = halves(pack, options.seed);
    const folder = await mkdtemp(join(tmpdir(), 'kindred-finetune-'));
    const began = performance.now();
    try {
      process.stderr.write(`${pack.name}\n`);
      await run([tuned], base, pack.name, folder, options, signal);
      signal.throwIfAborted();
      const seconds = (performance.now() - began) / 1000;
      const fresh = await loadEncoder(await readEncoder(join(folder, 'encoder')));
      const result = (metrics: Metrics): PackResult => ({ name: pack.name, group: groupOf(pack), metrics });
      const before = result(await evaluatePack(session, tested, { maximumSteps, signal }));
      const after = result(await evaluatePack(fresh, tested, { maximumSteps, signal }));
      const gained = { before, after, seconds };
      measured.push(gained);
      process.stderr.write(measurementTable([gained]));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  process.stdout.write(
    options.json ? `${JSON.stringify(measurementOf(measured), null, 2)}\n` : measurementTable(measured),
  );
}

let shownValidations = 0;

/** Rewrites one line of a terminal; elsewhere a line for every validation. */
function show({ step, steps, points, validations, secondsLeft }: TuningProgress): void {
  const terminal = process.stderr.isTTY;
  if (!terminal && validations.length === shownValidations) return;
  shownValidations = validations.length;
  const newest = validations.at(-1)?.figures;
  const figures =
    newest === undefined
      ? ''
      : `, recall@1 ${newest.recallAt1.toFixed(3)}, mAP ${newest.meanAveragePrecision.toFixed(3)}`;
  const point = points.at(-1);
  const loss = point === undefined ? '' : `, loss ${point.loss.toFixed(3)}`;
  const line = `step ${step} of ${steps}${loss}${figures}, ${Math.round(secondsLeft)} s left`;
  process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
}
