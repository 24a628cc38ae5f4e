import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { withEngine, type IndexOptions } from '../openIndex';
import { mcpServer } from './server';

/**
 * `kindred mcp`: tools for agents over standard input and output, by the Model Context Protocol, about folders that are
 * indexed and followed meanwhile. It ends when its input closes.
 */
export async function mcp(folders: readonly string[], options: IndexOptions, signal: AbortSignal): Promise<void> {
  await withEngine(folders, { ...options, watch: true }, nothing, async (engine, opened) => {
    const server = mcpServer({ ask: engine.ask.bind(engine), folders: opened }, (details) => {
      process.stderr.write(`${details}\n`);
    });
    await server.connect(new StdioServerTransport());
    await new Promise<void>((ended) => {
      process.stdin.once('end', ended);
      process.stdin.once('close', ended);
      signal.addEventListener('abort', () => {
        ended();
      });
    });
    await server.close();
  });
}

const nothing = (): void => undefined;
