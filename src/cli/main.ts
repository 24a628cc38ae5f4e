import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import { architectures } from '../core/encoder/architecture';
import { RequestError } from '../engine/requestError';
import { exportFormat } from '../protocol/exports';
import { combineModels } from './combineModels';
import { evaluateModel } from './evaluate';
import { exportFolder, type ExportOptions } from './exportFolder';
import { fineTuneDefaults, fineTuneModel, type FineTuneOptions } from './fineTuneModel';
import { indexFolder } from './indexFolder';
import { inspectFiles, type InspectOptions } from './inspect';
import { searchFile, type SearchOptions } from './searchFile';
import { trainDefaults, trainModel, type TrainOptions } from './trainModel';

/** The command line: `kindred index`, `search`, `inspect`, `pairs`, `export`, `train`, `combine`, `finetune` and `evaluate`. */

const exitCodes = { failure: 1, usage: 2, interrupted: 130 } as const;

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return value;
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

function program(signal: AbortSignal): Command {
  const kindred = new Command('kindred')
    .description('Find the recordings that are most like one another, by the distributions of their learned features.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(kindred --help tells more)');
  kindred
    .command('index')
    .description('Index the recordings of a folder. What was indexed before is kept in a cache.')
    .argument('<folder>', 'the folder to index')
    .option('--threads <n>', 'worker threads', positiveInteger, 2)
    .option('--skipped', 'list the files that could not be used, with the reasons', false)
    .action(async (folder: string, options: { threads: number; skipped: boolean }) => {
      await indexFolder(folder, options, signal);
    });
  kindred
    .command('search')
    .description('Rank the recordings of a folder by their distance to one of them, or to any other file.')
    .argument('<file>', 'the recording to start from')
    .option(
      '--in <folder>',
      'the folder to search (default: the current one if the file is in it, else the file’s own)',
    )
    .option('--sequence <n>', 'which sequence of a file that holds several, from 1', positiveInteger, 1)
    .option('--top <n>', 'how many matches to show', positiveInteger, 10)
    .option('--all-layouts', 'rank sequences of other channels as well, pooled over channels', false)
    .option('--threads <n>', 'worker threads', positiveInteger, 2)
    .option('--json', 'print the result as JSON', false)
    .addOption(formatOption())
    .option('--out <file>', outHelp)
    .action(async (file: string, options: SearchOptions) => {
      await searchFile(file, options, signal);
    });
  kindred
    .command('inspect')
    .description('Show how files are read: channels, units, rate, labels, values, and what was decided and why.')
    .argument('<files...>', 'the recordings to read')
    .option('--json', 'print the result as JSON', false)
    .option('--lines', 'print one line of JSON for each file', false)
    .action(async (files: string[], options: InspectOptions) => {
      await inspectFiles(files, options, signal);
    });
  addExports(kindred, signal);
  addTraining(kindred, signal);
  return kindred;
}

const outHelp = 'the file to write (default: standard output)';

function formatOption(): Option {
  return new Option('--format <format>', 'a table for spreadsheets, scripts or NumPy').choices(exportFormat.options);
}

function addExports(kindred: Command, signal: AbortSignal): void {
  const commands = [
    { name: 'pairs', description: 'Write the distances of all pairs of recordings of a folder.' },
    { name: 'export', description: 'Write the embeddings of the recordings of a folder.' },
  ] as const;
  for (const { name, description } of commands) {
    const command = kindred
      .command(name)
      .description(description)
      .argument('<folder>', 'the folder with the recordings')
      .addOption(formatOption().default('csv'))
      .option('--out <file>', outHelp)
      .option('--threads <n>', 'worker threads', positiveInteger, 2);
    if (name === 'pairs') {
      command.option('--all-layouts', 'compare sequences of other channels as well, pooled over channels', false);
    }
    command.action(async (folder: string, options: ExportOptions) => {
      await exportFolder(name, folder, options, signal);
    });
  }
}

function addTraining(kindred: Command, signal: AbortSignal): void {
  const packs = 'packs (.npz with .json), folders of packs, or folders of recordings with labels.csv';
  kindred
    .command('train')
    .description('Train an encoder so that recordings of one label are near and others far.')
    .argument('<packs...>', packs)
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
  kindred
    .command('combine')
    .description('Put trained encoders side by side as one, each counting the same.')
    .argument('<models...>', 'folders with encoder.onnx and encoder.json')
    .requiredOption('--on <packs...>', 'packs on which their distances are made comparable')
    .requiredOption('--out <folder>', 'where the encoder is written')
    .option('--levels <n>', 'levels of the quantile functions that it keeps', positiveInteger, 8)
    .action(async (models: string[], options: { on: string[]; out: string; levels: number }) => {
      await combineModels(models, options, signal);
    });
  kindred
    .command('finetune')
    .description('Train an encoder further on labelled recordings, and prove the gain on some that are held out.')
    .argument('<packs...>', packs)
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
  kindred
    .command('evaluate')
    .description('Measure how well an encoder ranks labelled recordings: recall@1, mAP, equal error rate.')
    .argument('<model>', 'a folder with encoder.onnx and encoder.json')
    .argument('<packs...>', packs)
    .option('--json', 'print the result as JSON', false)
    .action(async (model: string, paths: string[], options: { json: boolean }) => {
      await evaluateModel(model, paths, options, signal);
    });
}

async function main(): Promise<number> {
  const interruption = new AbortController();
  process.once('SIGINT', () => {
    interruption.abort();
  });
  try {
    await program(interruption.signal).parseAsync();
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    if (interruption.signal.aborted) {
      process.stderr.write('\nStopped. What was done so far is kept.\n');
      return exitCodes.interrupted;
    }
    const text = error instanceof RequestError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`kindred: ${text ?? ''}\n`);
    return exitCodes.failure;
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    throw error;
  },
);
