import { Option, type Command } from 'commander';
import { architectures } from '../../core/encoder/architecture';
import { combineModels, type CombineOptions } from '../combineModels';
import { completeModel } from '../completeModel';
import { evaluateModel, evaluateModelByWindows } from '../evaluate';
import { fineTuneDefaults, fineTuneModel, type FineTuneOptions } from '../fineTuneModel';
import { trainDefaults, trainModel, type TrainOptions } from '../trainModel';
import { lengthFactor, packsHelp, positiveInteger, positiveNumber, share, viewOption } from './options';

/** `kindred train`, `combine`, `complete`, `finetune` and `evaluate`. */
export function addTraining(kindred: Command, signal: AbortSignal): void {
  addTrain(kindred, signal);
  addCombine(kindred, signal);
  addComplete(kindred, signal);
  addFineTune(kindred, signal);
  addEvaluate(kindred, signal);
}

function addTrain(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('train')
    .description('Train an encoder so that recordings of one label are near and others far.')
    .argument('<packs...>', packsHelp)
    .requiredOption('--out <folder>', 'where the encoder, its checkpoint and its learning curve are written')
    .option('--steps <n>', 'training steps', positiveInteger, trainDefaults.steps)
    .option('--batch <n>', 'sequences per step', positiveInteger, trainDefaults.batch)
    .option('--classes <n>', 'labels per step at most', positiveInteger, trainDefaults.classes)
    .option('--length <n>', 'time steps of a sequence at most', positiveInteger, trainDefaults.length)
    .option('--rate <x>', 'learning rate', positiveNumber, trainDefaults.rate)
    .option(
      '--instances <share>',
      'of batches from data sets with a given split, the share in which every recording is a label of its own',
      share,
      trainDefaults.instances,
    )
    .option('--noise <share>', 'the most noise, beside the size of the first difference', share, trainDefaults.noise)
    .addOption(
      new Option('--architecture <name>', 'the network; spectral has filter banks beside the pyramid')
        .choices(Object.keys(architectures))
        .default(trainDefaults.architecture),
    )
    .option('--from <model>', 'an encoder that is trained further, instead of a network with random weights')
    .addOption(viewOption())
    .option('--teacher <model>', 'an encoder whose distances are learned as well, in the same views')
    .option('--teaching <x>', "what the teacher's distances count for", positiveNumber, trainDefaults.teaching)
    .option('--seed <n>', 'seed of weights and batches', positiveInteger, trainDefaults.seed)
    .option(
      '--threads <n>',
      'threads; only one gives the same weights everywhere',
      positiveInteger,
      trainDefaults.threads,
    )
    .option('--checkpoint-every <n>', 'steps between checkpoints', positiveInteger, trainDefaults.checkpointEvery)
    .option('--validate <packs...>', 'packs to evaluate on while training')
    .option('--validate-every <n>', 'steps between evaluations', positiveInteger, trainDefaults.validateEvery)
    .option('--time-limit <seconds>', 'stop after so long, as an interrupt does', positiveNumber)
    .option('--resume', 'go on with the training in the folder', false)
    .action(async (paths: string[], options: TrainOptions) => {
      await trainModel(paths, options, signal);
    });
}

function addCombine(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('combine')
    .description('Put trained encoders side by side as one, each counting the same.')
    .argument('<models...>', 'folders with encoder.onnx and encoder.json')
    .requiredOption('--on <packs...>', 'packs on which their distances are made comparable')
    .requiredOption('--out <folder>', 'where the encoder is written')
    .option('--levels <n>', 'levels of the quantile functions that it keeps', positiveInteger, 8)
    .addOption(viewOption())
    .action(async (models: string[], options: CombineOptions) => {
      await combineModels(models, options, signal);
    });
}

function addComplete(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('complete')
    .description('Learn from recordings how the numbers of an encoder become bytes, and write it into its description.')
    .argument('<model>', 'a folder with encoder.onnx and encoder.json')
    .requiredOption('--on <packs...>', packsHelp)
    .action(async (model: string, { on }: { on: string[] }) => {
      await completeModel(model, on, signal);
    });
}

function addFineTune(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('finetune')
    .description('Train an encoder further on labelled recordings, and prove the gain on some that are held out.')
    .argument('<packs...>', packsHelp)
    .option('--out <folder>', 'where the new encoder is written; given again after an interrupt, the training goes on')
    .option('--measure', 'tune on half of each pack, or its training split, and measure on the rest', false)
    .option('--from <model>', 'the encoder to start from (default: the bundled one)', fineTuneDefaults.from)
    .option('--minutes <n>', 'how long to train at most', positiveNumber, fineTuneDefaults.minutes)
    .option('--steps <n>', 'training steps, instead of a time', positiveInteger)
    .option('--rate <x>', 'learning rate', positiveNumber, fineTuneDefaults.rate)
    .option('--share <x>', 'share of the sequences that is held out', positiveNumber, fineTuneDefaults.share)
    .option('--threads <n>', 'threads', positiveInteger, fineTuneDefaults.threads)
    .option('--seed <n>', 'seed of the split and the batches', positiveInteger, fineTuneDefaults.seed)
    .option('--json', 'print the result as JSON', false)
    .action(async (paths: string[], options: FineTuneOptions) => {
      await fineTuneModel(paths, options, signal);
    });
}

interface EvaluateOptions {
  readonly json: boolean;
  readonly unrounded: boolean;
  readonly windows: boolean;
  readonly factor: number;
  readonly clean: boolean;
}

function addEvaluate(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('evaluate')
    .description('Measure how well an encoder ranks labelled recordings: recall@1, mAP, equal error rate.')
    .argument('<model>', 'a folder with encoder.onnx and encoder.json')
    .argument('<packs...>', packsHelp)
    .option('--unrounded', 'compare the numbers before they are rounded to bytes', false)
    .option('--windows', 'search streams of test instances for training instances instead, beside MASS', false)
    .option('--factor <x>', 'with --windows: how long windows are beside a query, from 0.5 to 2', lengthFactor, 1)
    .option('--clean', 'with --windows: search for instances without noise and neighbours', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (model: string, paths: string[], options: EvaluateOptions) => {
      if (options.windows) await evaluateModelByWindows(model, paths, options, signal);
      else await evaluateModel(model, paths, options, signal);
    });
}
