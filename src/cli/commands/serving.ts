import type { Command } from 'commander';
import type { IndexOptions } from '../openIndex';
import { withIndexOptions } from './options';

/** `kindred serve` and `mcp`. What they need is loaded when they run: the other commands do without it. */
export function addServing(kindred: Command, signal: AbortSignal): void {
  const serving = kindred
    .command('serve')
    .description(
      'Answer the commands over JSON-RPC from a process that stays, with the index of a folder (docs/cli.md).',
    )
    .argument('<folders...>', 'the folders to index and to follow')
    .requiredOption('--stdio', 'talk over standard input and output');
  withIndexOptions(serving).action(async (folders: string[], options: IndexOptions) => {
    const { serve } = await import('../serve/serve');
    await serve(folders, options, signal);
  });
  const agents = kindred
    .command('mcp')
    .description('Give agents tools to ask about a folder, by the Model Context Protocol over stdio (docs/agents.md).')
    .argument('<folders...>', 'the folders to index and to follow; nothing outside of them is read');
  withIndexOptions(agents).action(async (folders: string[], options: IndexOptions) => {
    const { mcp } = await import('../mcp/mcp');
    await mcp(folders, options, signal);
  });
}
