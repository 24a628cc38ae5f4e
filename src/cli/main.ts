import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { EncoderError } from '../core/encoder/description';
import { QuestionError } from '../api/questionError';
import { RequestError } from '../engine/requestError';
import { addChecking } from './commands/checking';
import { addExports } from './commands/exporting';
import { addSearching } from './commands/searching';
import { addServing } from './commands/serving';
import { addTraining } from './commands/training';

/** The command line, `kindred`: `src/cli/commands` declares its commands. */

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
  addServing(kindred, signal);
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
    const text = isForUser(error) ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`kindred: ${text ?? ''}\n`);
    return exitCodes.failure;
  }
}

/** Whether the message is written for whoever runs the command. */
function isForUser(error: unknown): error is Error {
  return error instanceof RequestError || error instanceof QuestionError || error instanceof EncoderError;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    throw error;
  },
);
