import { Option, type Command } from 'commander';
import { indexFolder, type IndexOptions } from '../indexFolder';
import { indexTeam, type IndexTeamOptions } from '../indexTeam';
import { inspectFiles, type InspectOptions } from '../inspect';
import { searchFile, type SearchOptions } from '../searchFile';
import { searchTeam, type SearchTeamOptions } from '../searchTeam';
import { formatOption, outHelp, positiveInteger, rates, time } from './options';

/** `kindred index`, `search` and `inspect`. */
export function addSearching(kindred: Command, signal: AbortSignal): void {
  addIndex(kindred, signal);
  addSearch(kindred, signal);
  addInspect(kindred, signal);
}

function addIndex(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('index')
    .description('Index the recordings of a folder. What was indexed before is kept in a cache.')
    .argument('<folder>', 'the folder to index')
    .option('--threads <n>', 'worker threads', positiveInteger, 2)
    .option('--skipped', 'list the files that could not be used, with the reasons', false)
    .option(
      '--to [address]',
      'index for a team, into PostgreSQL: postgresql://user@host/database (default: KINDRED_DATABASE_URL)',
    )
    .option('--root <name>', 'for a team: what the folder is called in its index (default: the name of the folder)')
    .option('--remove-missing', 'for a team: take out what the index has of this root and the folder has not', false)
    .option(
      '--lease <seconds>',
      'for a team: how long others leave alone what a process that died was at',
      positiveInteger,
      60,
    )
    .action(
      async (
        folder: string,
        options: IndexOptions & Omit<IndexTeamOptions, 'to'> & Partial<Pick<IndexTeamOptions, 'to'>>,
      ) => {
        const { to } = options;
        if (to === undefined) await indexFolder(folder, options, signal);
        else await indexTeam(folder, { ...options, to }, signal);
      },
    );
}

function addSearch(kindred: Command, signal: AbortSignal): void {
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
    .option('--from <t>', 'search for a part: where it begins, in seconds, or in time steps of unknown rate', time)
    .option('--to <t>', 'search for a part: where it ends', time)
    .addOption(windowsOption())
    .option('--files <paths...>', 'for a part: the files or folders to search for windows (default: all)')
    .option('--range', 'for a part: also windows of half to twice its length', false)
    .option('--own', 'for a part: search its own recording only', false)
    .option('--threads <n>', 'worker threads', positiveInteger, 2)
    .option('--json', 'print the result as JSON', false)
    .addOption(formatOption())
    .option('--out <file>', outHelp)
    .option('--team [address]', "search a team's index in PostgreSQL instead (default: KINDRED_DATABASE_URL)")
    .option('--label <label>', 'for a team: only recordings of this label')
    .option('--under <place>', 'for a team: only recordings below ROOT or ROOT:FOLDER')
    .option('--rates <hz>', 'for a team: only recordings of this rate in Hz, or from..to', rates)
    .option('--on-server', 'for a team: have the server search by pgvector, instead of following its rows', false)
    .option('--prove', 'with --on-server: have it look at all rows where that proves that none is nearer', false)
    .option('--also-local <folder>', 'for a team: list recordings of a folder of this machine as well')
    .option('--mount <places...>', 'for a team: where roots are on this machine, as ROOT=FOLDER')
    .action(
      async (
        file: string,
        options: SearchOptions & Omit<SearchTeamOptions, 'team'> & Partial<Pick<SearchTeamOptions, 'team'>>,
      ) => {
        const { team } = options;
        if (team === undefined) await searchFile(file, options, signal);
        else await searchTeam(file, { ...options, team }, signal);
      },
    );
}

function windowsOption(): Option {
  const about = 'for a part: the best window of every recording, or all that are far enough apart';
  return new Option('--windows <which>', about).choices(['best', 'all']).default('best');
}

function addInspect(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('inspect')
    .description('Show how files are read: channels, units, rate, labels, values, and what was decided and why.')
    .argument('<files...>', 'the recordings to read')
    .option('--json', 'print the result as JSON', false)
    .option('--lines', 'print one line of JSON for each file', false)
    .action(async (files: string[], options: InspectOptions) => {
      await inspectFiles(files, options, signal);
    });
}
