import { InvalidArgumentError, type Command } from 'commander';
import { failing, overviewFolder, type Failing, type OverviewOptions } from '../overview/overviewFolder';
import { outHelp, positiveInteger } from './options';

/** `kindred overview`. */
export function addChecking(kindred: Command, signal: AbortSignal): void {
  kindred
    .command('overview')
    .description('Report what is in a folder: copies, outliers, doubtful labels and groups, with reasons.')
    .argument('<folder>', 'the folder to index')
    .option('--out <file>', outHelp)
    .option('--json', 'write JSON instead of Markdown', false)
    .option(
      '--layout <channels>',
      'only recordings with these channels: their names with commas between them, or their number; “all” compares all ' +
        'recordings with one another (default: each layout for itself)',
    )
    .option('--fail-on <checks>', `exit with 1 when there are findings: ${failing.join(',')}`, checks, [])
    .option('--threads <n>', 'worker threads', positiveInteger, 2)
    .action(async (folder: string, options: OverviewOptions) => {
      await overviewFolder(folder, options, signal);
    });
}

function checks(text: string): readonly Failing[] {
  return text.split(',').map((name) => {
    const found = failing.find((check) => check === name.trim());
    if (found === undefined) throw new InvalidArgumentError(`It is a list of ${failing.join(', ')}.`);
    return found;
  });
}
