import { InvalidArgumentError, type Command } from 'commander';
import { listLabels, type LabelsOptions } from '../listLabels';
import { failing, overviewFolder, type Failing, type OverviewOptions } from '../overviewFolder';
import { jsonHelp, outHelp, withIndexOptions } from './options';

/** `kindred overview` and `labels`. */
export function addChecking(kindred: Command, signal: AbortSignal): void {
  const overview = kindred
    .command('overview')
    .description('Report what is in a folder: copies, outliers, doubtful labels and groups, with reasons.')
    .argument('<folders...>', 'the folders to index')
    .option('--out <file>', outHelp)
    .option('--json', 'write JSON instead of Markdown (docs/cli.md)', false)
    .option(
      '--layout <channels>',
      'only recordings with these channels: their names with commas between them, or their number; “all” compares all ' +
        'recordings with one another (default: each layout for itself)',
    )
    .option('--fail-on <checks>', `exit with 1 when there are findings: ${failing.join(',')}`, checks, []);
  withIndexOptions(overview).action(async (folders: string[], options: OverviewOptions) => {
    await overviewFolder(folders, options, signal);
  });
  const labels = kindred
    .command('labels')
    .description('List the labels of the recordings of a folder, and how many have each.')
    .argument('<folders...>', 'the folders to index')
    .option('--json', jsonHelp, false);
  withIndexOptions(labels).action(async (folders: string[], options: LabelsOptions) => {
    await listLabels(folders, options, signal);
  });
}

function checks(text: string): readonly Failing[] {
  return text.split(',').map((name) => {
    const found = failing.find((check) => check === name.trim());
    if (found === undefined) throw new InvalidArgumentError(`It is a list of ${failing.join(', ')}.`);
    return found;
  });
}
