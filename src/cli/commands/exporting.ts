import type { Command } from 'commander';
import { exportFolder, type ExportOptions } from '../exportFolder';
import { formatOption, outHelp, positiveInteger } from './options';

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
