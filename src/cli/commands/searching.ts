import { Option, type Command } from 'commander';
import { indexFolder, type IndexOptions } from '../indexFolder';
import { indexTeam, type IndexTeamOptions } from '../indexTeam';
import { inspectFiles, type InspectOptions } from '../inspect';
import type { IndexOptions } from '../openIndex';
import { searchFile, type SearchOptions } from '../searchFile';
<<<<<<< HEAD
import { searchTeam, type SearchTeamOptions } from '../searchTeam';
import { formatOption, outHelp, positiveInteger, rates, time } from './options';
=======
import { searchWindows, type WindowOptions } from '../searchWindows';
import { tableFormatOption } from './exporting';
import { addFolder, addNamed, jsonHelp, outHelp, positiveInteger, time, weights, withIndexOptions } from './options';
>>>>>>> main

/** `kindred index`, `search`, `windows` and `inspect`. */
export function addSearching(kindred: Command, signal: AbortSignal): void {
  addIndex(kindred, signal);
  addSearch(kindred, signal);
  addWindows(kindred, signal);
  addInspect(kindred, signal);
}

function addIndex(kindred: Command, signal: AbortSignal): void {
  const command = kindred
    .command('index')
    .description('Index the recordings of a folder. What was indexed before is kept in a cache.')
<<<<<<< HEAD
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
=======
    .argument('<folders...>', 'the folders to index')
    .option('--skipped', 'list the files that could not be used, with the reasons', false);
  withIndexOptions(command).action(async (folders: string[], options: IndexOptions & { skipped: boolean }) => {
    await indexFolder(folders, options, signal);
  });
>>>>>>> main
}

const inHelp =
  'the folder to search; may be repeated (default: the current one if the file is in it, else the file’s own)';
const sequenceHelp = 'which sequence of a file that holds several, from 1';

function addSearch(kindred: Command, signal: AbortSignal): void {
  const command = kindred
    .command('search')
    .description('Rank the recordings of a folder by their distance to one of them, or to any other file.')
    .argument('<file>', 'the recording to start from')
    .option('--in <folder>', inHelp, addFolder)
    .option('--sequence <n>', sequenceHelp, positiveInteger, 1)
    .option('--top <n>', 'how many matches to show', positiveInteger, 10)
    .option('--from <t>', 'search for the part from here, as `windows` does', time)
    .option('--to <t>', 'search for the part up to here, as `windows` does', time)
    .option('--all-layouts', 'rank sequences of other channels as well, pooled over channels', false)
<<<<<<< HEAD
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
=======
    .option('--weights <numbers>', 'what each channel counts for, as 1,0,2', weights)
    .option('--also <file>', 'a further recording to search from, as FILE or FILE#N; may be repeated', addNamed, [])
    .option('--like <file>', 'a recording that matches are to be like as well; may be repeated', addNamed, [])
    .option('--unlike <file>', 'a recording that matches are not to be like; may be repeated', addNamed, [])
    .addOption(rankByOption())
    .option('--embeddings', 'with --json: the embeddings as well', false)
    .option('--json', jsonHelp, false)
    .addOption(tableFormatOption())
    .option('--out <file>', outHelp);
  withIndexOptions(command).action(async (file: string, options: SearchOptions & Partial<Part>) => {
    const { from = 0, to } = options;
    if (options.from === undefined && to === undefined) await searchFile(file, options, signal);
    else await searchWindows(file, { ...options, from, which: 'best', own: false, range: false }, signal);
  });
>>>>>>> main
}

/** A part of a recording, in its own time. */
type Part = Pick<WindowOptions, 'from' | 'to'>;

function rankByOption(): Option {
  const about = 'how the distances to several recordings are taken together';
  return new Option('--rank-by <which>', about).choices(['nearest', 'mean']).default('nearest');
}

function addWindows(kindred: Command, signal: AbortSignal): void {
  const which = new Option('--which <which>', 'the best window of every recording, or all that are far enough apart');
  const command = kindred
    .command('windows')
    .description('Rank the parts of recordings by their distance to a part of one of them.')
    .argument('<file>', 'the recording to start from')
    .option('--from <t>', 'where the part begins, in seconds, or in time steps of unknown rate', time, 0)
    .option('--to <t>', 'where the part ends (default: with the recording)', time)
    .option('--in <folder>', inHelp, addFolder)
    .option('--sequence <n>', sequenceHelp, positiveInteger, 1)
    .option('--top <n>', 'how many windows to show', positiveInteger, 10)
    .addOption(which.choices(['best', 'all']).default('best'))
    .option('--files <paths...>', 'the files or folders to search for windows (default: all)')
    .option('--range', 'also windows of half to twice its length', false)
    .option('--own', 'search its own recording only', false)
    .option('--json', jsonHelp, false);
  withIndexOptions(command).action(async (file: string, options: WindowOptions) => {
    await searchWindows(file, options, signal);
  });
}

function addInspect(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('inspect')
    .description('Show how files are read: channels, units, rate, labels, values, and what was decided and why.')
    .argument('<files...>', 'the recordings to read')
    .option('--json', jsonHelp, false)
    .option('--lines', 'print each of the answer’s “files” as a line of JSON, as soon as it is read', false)
    .action(async (files: string[], options: InspectOptions) => {
      await inspectFiles(files, options, signal);
    });
}
