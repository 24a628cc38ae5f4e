import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { problemOf } from '../core/training/evaluation/evaluate';
import { methodNames, reference, type MethodName } from '../core/training/reproduction/methods';
import type { Task } from '../core/training/reproduction/perform';
import { reproduce } from '../core/training/reproduction/reproduce';
import { usualBudget } from '../core/training/reproduction/results';
import { studyNames, studyOf } from '../core/training/reproduction/studies';
import { writeReport } from '../core/training/reproduction/writeReport';
import type { TrainingProgress } from '../core/training/trainer/pace';
import { TrainingError } from '../core/training/trainer/trainingError';
import { fromUser, inProject } from './project';
import { runTool } from './tool';

interface Options {
  readonly data: string;
  readonly out: string;
  readonly work: string;
  readonly packs: readonly string[];
  readonly methods: readonly MethodName[];
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly poolSteps: number;
  readonly batch: number;
  readonly length: number;
  readonly threads: number;
}

const command = new Command('npm run reproduce --')
  .description(
    'Train the same network by the Wasserstein distance and by pooled moments, and report which is better. Goes on where an interrupted run has stopped.',
  )
  .addOption(
    new Option('--data <folder>', 'a folder with train/ and validation/').default(
      inProject('../shared/data'),
      '../shared/data',
    ),
  )
  .addOption(
    new Option('--out <folder>', 'receives the report').default(inProject('models/reproduce'), 'models/reproduce'),
  )
  .addOption(
    new Option('--work <folder>', 'keeps networks and what they reach').default(
      inProject('.kindred/reproduce'),
      '.kindred/reproduce',
    ),
  )
  .option('--packs <names>', `data sets, of ${studyNames.join(', ')}`, among(studyNames), [...studyNames])
  .option('--methods <names>', `methods, of ${methodNames.join(', ')}`, among(methodNames), methodNames)
  .option('--seeds <numbers>', 'seeds', seedsOf, [1, 2, 3])
  .option('--steps <count>', 'training steps on a single data set', positive, usualBudget.steps)
  .option('--pool-steps <count>', 'training steps on the whole pool', positive, usualBudget.poolSteps)
  .option('--batch <count>', 'sequences of a batch', positive, usualBudget.batch)
  .option('--length <steps>', 'time steps of a batch at most', positive, usualBudget.length)
  .option('--threads <count>', 'threads of onnxruntime', positive, 1)
  .parse();

await runTool(async () => {
  const options = command.opts<Options>();
  const data = fromUser(options.data);
  if (!existsSync(data)) {
    throw new Error(`There are no recordings at ${data}. Name a folder with train/ and validation/ by --data.`);
  }
  const studies = options.packs.map((name) => {
    const study = studyOf(name, data);
    if (study === null) throw new Error(`${data} lacks the data set ${name} in train/ or validation/.`);
    return study;
  });
  if (!options.methods.includes(reference))
    throw new Error(`The methods must include ${reference}, which the others are compared with.`);
  if (options.length % 16 !== 0) throw new Error('The length must be a multiple of 16.');
  if (options.batch < 4) throw new Error('A batch needs at least four sequences.');
  const { steps, poolSteps, batch, length, seeds, threads } = options;
  try {
    const results = await reproduce({
      studies,
      methods: options.methods,
      seeds,
      budget: { ...usualBudget, steps, poolSteps, batch, length },
      folder: fromUser(options.work),
      threads,
      signal: interrupt(),
      onTask: announce,
      onProgress: follow,
    });
    await writeReport(fromUser(options.out), results);
  } catch (error) {
    const problem = error instanceof TrainingError ? error.message : problemOf(error);
    if (problem === null) throw error;
    throw new Error(`${problem} What was done is kept: run the command again to go on.`, { cause: error });
  }
  console.log(`${fromUser(options.out)}: report.md, its pictures and results.json`);
  return 0;
});

function interrupt(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      abort.abort(new Error('Interrupted. What was done is kept: run the command again to go on.'));
    });
  }
  return abort.signal;
}

function announce({ study, method, settings }: Task, number: number, count: number): void {
  console.error(`${number} of ${count}: ${study}, ${method}, seed ${settings.seed}`);
}

function follow({ step, steps, loss }: TrainingProgress): void {
  if (step % 100 === 0 || step === steps) console.error(`  step ${step} of ${steps}, loss ${loss.toFixed(4)}`);
}

function among<T extends string>(allowed: readonly T[]): (text: string) => readonly T[] {
  return (text) => {
    const names = text.split(',');
    const wrong = names.find((name) => !(allowed as readonly string[]).includes(name));
    if (wrong !== undefined) throw new InvalidArgumentError(`It must name some of ${allowed.join(', ')}.`);
    return allowed.filter((name) => names.includes(name));
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a positive whole number.');
  return value;
}

function seedsOf(text: string): readonly number[] {
  return [...new Set(text.split(',').map(positive))];
}
