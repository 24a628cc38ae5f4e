import { Option, type Command } from 'commander';
import { exportFolder, type ExportOptions } from '../exportFolder';
import { jsonHelp, namedRecording, outHelp, withIndexOptions } from './options';

/** `kindred pairs` and `kindred export`. */
export function addExports(kindred: Command, signal: AbortSignal): void {
  const commands = [
    { name: 'pairs', description: 'Write the distances of all pairs of recordings of a folder.' },
    { name: 'export', description: 'Write the embeddings of the recordings of a folder.' },
  ] as const;
  for (const { name, description } of commands) {
    const command = kindred
      .command(name)
      .description(description)
      .argument('<folders...>', 'the folders with the recordings')
      .addOption(tableFormatOption().default('csv'))
      .option('--json', jsonHelp, false)
      .option('--out <file>', outHelp);
    if (name === 'export') {
      command.option(
        '--layout-of <file>',
        'only recordings with the channels of this one, as FILE or FILE#N',
        namedRecording,
      );
    }
    if (name === 'pairs') {
      command.option('--all-layouts', 'compare sequences of other channels as well, pooled over channels', false);
    }
    withIndexOptions(command).action(async (folders: string[], options: ExportOptions) => {
      await exportFolder(name, folders, options, signal);
    });
  }
}

/** JSON has an option of its own: it is what every command can answer. */
export function tableFormatOption(): Option {
  return new Option('--format <format>', 'a table for spreadsheets (csv) or for NumPy (npz)').choices(['csv', 'npz']);
}
