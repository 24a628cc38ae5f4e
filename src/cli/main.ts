import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { RequestError } from '../engine/requestError';
import { addChecking } from './commands/checking';
import { addExports } from './commands/exporting';
import { addSearching } from './commands/searching';
import { addTraining } from './commands/training';

/** The command line: `kindred index`, `search`, `inspect`, `overview`, `pairs`, `export`, `train`, `combine`, `finetune` and `evaluate`. */

const exitCodes = { failure: 1, usage: 2, interrupted: 130 } as const;

function program(signal: AbortSignal): Command {
  const kindred = new Command('kindred')
    .description('Find the recordings that are most like one another, by the distributions of their learned features.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(kindred --help tells more)');
  addSearching(kindred, signal);
  addChecking(kindred, signal);
  addExports(kindred, signal);
  addTraining(kindred, signal);
  return kindred;
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
