import { Option, type Command } from 'commander';
import { indexFolder } from '../indexFolder';
import { inspectFiles, type InspectOptions } from '../inspect';
import type { IndexOptions } from '../openIndex';
import { searchFile, type SearchOptions } from '../searchFile';
import { searchWindows, type WindowOptions } from '../searchWindows';
import { tableFormatOption } from './exporting';
import { addFolder, addNamed, jsonHelp, outHelp, positiveInteger, time, weights, withIndexOptions } from './options';

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
    .argument('<folders...>', 'the folders to index')
    .option('--skipped', 'list the files that could not be used, with the reasons', false);
  withIndexOptions(command).action(async (folders: string[], options: IndexOptions & { skipped: boolean }) => {
    await indexFolder(folders, options, signal);
  });
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
