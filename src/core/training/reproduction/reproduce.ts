import type { Architecture } from '../../encoder/architecture';
import { haloOf } from '../../encoder/geometry';
import { datasetOf } from '../batches/dataset';
import { parameterCount, parametersOf } from '../network/parameters';
import { readPacks } from '../packs/findPacks';
import type { Pack } from '../packs/pack';
import { usualSettings, type TrainingSettings } from '../trainer/settings';
import { methods, type MethodName } from './methods';
import { perform, type PerformOptions, type Task } from './perform';
import type { TrainingRecord } from './record';
import type { Budget, Results } from './results';
import { wholePool, type Study } from './studies';
import { summarise } from './summary';

export interface ReproductionOptions extends PerformOptions {
  readonly studies: readonly Study[];
  readonly methods: readonly MethodName[];
  readonly seeds: readonly number[];
  readonly budget: Budget;
  /** What else than the budget is not as in a usual training; for tests. */
  readonly architecture?: Architecture;
  /** Called before each training, with how many there are. */
  readonly onTask?: (task: Task, number: number, count: number) => void;
}

/**
 * Trains a network per study, method and seed, and measures each by every method. All trainings of a seed come before
 * those of the next, so that what an interrupted run leaves can be compared.
 *
 * @throws PackError for packs, TrainingError for trainings that fail; what was done before is kept
 */
export async function reproduce(options: ReproductionOptions): Promise<Results> {
  const { studies, seeds, budget, signal, architecture = usualSettings.objective.architecture } = options;
  const data: Pick<Task, 'study' | 'datasets' | 'test'>[] = [];
  for (const study of studies) {
    const datasets = (await readAll(study.train, signal)).map(datasetOf);
    data.push({ study: study.name, datasets, test: await readAll(study.test, signal) });
  }
  const tasks: Task[] = seeds.flatMap((seed) =>
    data.flatMap((of) =>
      options.methods.map((method) => ({
        ...of,
        method,
        settings: settingsOf(of.study, method, seed, budget, architecture),
        maximumSteps: budget.testSteps,
      })),
    ),
  );
  const records: TrainingRecord[] = [];
  for (const [i, task] of tasks.entries()) {
    options.onTask?.(task, i + 1, tasks.length);
    records.push(await perform(task, options));
  }
  return {
    budget,
    seeds,
    architecture: inWords(architecture),
    trainingSeconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
    targets: studies.flatMap(({ name }) => summarise(records.filter(({ study }) => study === name))),
  };
}

function settingsOf(
  study: string,
  method: MethodName,
  seed: number,
  budget: Budget,
  architecture: Architecture,
): TrainingSettings {
  const { pooling, distance } = methods[method];
  return {
    ...usualSettings,
    seed,
    steps: study === wholePool ? budget.poolSteps : budget.steps,
    objective: { ...usualSettings.objective, architecture, pooling, distance },
    batch: { ...usualSettings.batch, sequences: budget.batch, steps: budget.length, channels: budget.channels },
  };
}

function inWords(architecture: Architecture): string {
  const weights = parameterCount(parametersOf(architecture));
  const features = architecture.levels.reduce((sum, level) => sum + level.features, 0);
  return (
    `a pyramid of ${architecture.levels.length} levels, ${features} features, ${weights.toLocaleString('en')} weights, ` +
    `which sees ${haloOf(architecture)} time steps to either side`
  );
}

async function readAll(path: string, signal: AbortSignal): Promise<readonly Pack[]> {
  const packs: Pack[] = [];
  for await (const pack of readPacks([path], signal)) packs.push(pack);
  return packs;
}
